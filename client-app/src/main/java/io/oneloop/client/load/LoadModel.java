package io.oneloop.client.load;

/** Decides when the lanes of one loop send. Belongs to the loop. */
interface LoadModel {

    /**
     * Begins.
     *
     * @param start the beginning of the warm-up, as nanoTime
     * @param measureStart the beginning of the measurement
     * @param sendUntil when nothing new may be sent any more
     */
    void begin(long start, long measureStart, long sendUntil);

    /** {@code lane} was open when the model began, and takes its first {@code count} requests. */
    default void first(Lane lane, int count, long now) {
        roomFreed(lane, count, now);
    }

    /** {@code lane} takes {@code count} requests more, because of so many replies or because it was opened. */
    void roomFreed(Lane lane, int count, long now);

    /** The time has come that the metronome was set to. */
    void beat();

    /** Nothing new is to be sent from {@code nanoTime} on. */
    void endAt(long nanoTime);

    /** Whether everything that is to be sent has been. */
    boolean isDone(long now);

    /** Gives up what is due and was not sent, and says how many of these are measured. */
    long giveUp();
}
