package io.oneloop.client.load;

/** One connection or socket of a run and the requests in flight on it. Belongs to its worker's loop. */
interface Lane {

    /** Connects; the lane tells its worker how that went. */
    void open();

    /** How many requests it takes now. */
    int room();

    /** The requests in flight that may still be answered in time. */
    int inFlight();

    /**
     * Sends {@code count} requests, at most {@link #room()}.
     *
     * @param due when they were due
     */
    void send(int count, long due, long now);

    /** Looks for what is overdue. */
    void sweep(long now);

    /** The run is over: what is in flight counts as timed out. */
    void giveUp(long now);

    /** How often the model has it in its queue. */
    int queued();

    void setQueued(int entries);
}
