package io.oneloop.client.load;

import java.util.concurrent.atomic.AtomicLongArray;

/** What one loop counts besides times and errors. The loop alone writes; any thread reads. */
final class Tally {

    enum Figure {
        /** Measured requests that were sent. */
        SENT,
        /** Measured requests that were answered, every byte right. */
        SUCCEEDED,
        /** Those of them whose reply came after the measurement's end, so that they say nothing about its rate. */
        SUCCEEDED_IN_DRAIN,
        /** Requests of the warm-up whose right reply came within the measurement, so that they belong to its rate alone. */
        SUCCEEDED_FROM_WARMUP,
        /** All replies, those of the warm-up too. */
        REPLIES,
        /** Measured requests of the schedule that came due. */
        DUE,
        BYTES_SENT,
        BYTES_RECEIVED,
        CONNECTED,
        WRONG_BYTES,
        /** Replies of which only a part had come when they were given up, those of the warm-up too. */
        PARTIAL_REPLIES,
        /** What had come of them. */
        PARTIAL_BYTES,
        /** Now, not so far. */
        IN_FLIGHT,
        /** Now, not so far. */
        OPEN,
        /** Lanes whose first attempt to connect has been decided. */
        SETTLED,
        /** Requests that are due and wait for a free connection; now, not so far. */
        WAITING,
        MOST_WAITING,
        LOST,
        LATE,
        UNREACHABLE,
        DUPLICATE,
        REORDERED
    }

    private final AtomicLongArray figures = new AtomicLongArray(Figure.values().length);

    void add(Figure figure, long n) {
        int i = figure.ordinal();
        figures.setRelease(i, figures.getPlain(i) + n);
    }

    void atLeast(Figure figure, long n) {
        int i = figure.ordinal();
        if (figures.getPlain(i) < n) {
            figures.setRelease(i, n);
        }
    }

    long get(Figure figure) {
        return figures.getAcquire(figure.ordinal());
    }
}
