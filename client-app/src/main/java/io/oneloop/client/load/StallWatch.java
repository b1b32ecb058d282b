package io.oneloop.client.load;

/**
 * Whether a run gets no answers any more. Its clock runs from when something is first asked after a reply, and not while
 * the clients think or the schedule pauses: only who asks can be kept waiting.
 */
final class StallWatch {

    private final long patienceNanos;
    private long replies;
    private boolean running;
    private long since;

    StallWatch(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /**
     * @param repliesSoFar in all
     * @param asked whether a loop has requests in flight or waiting, or no connection to send any
     */
    boolean isStalled(long now, long repliesSoFar, boolean asked) {
        if (repliesSoFar > replies) {
            replies = repliesSoFar;
            running = false;
        }
        if (!running && asked) {
            running = true;
            since = now;
        }
        return running && now - since > patienceNanos;
    }
}
