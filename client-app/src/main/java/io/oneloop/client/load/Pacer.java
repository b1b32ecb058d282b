package io.oneloop.client.load;

import java.util.List;

/**
 * When each request of an open model is due. A pure function of the request's number: whoever asks late gets the same
 * answer, so a client that falls behind cannot shift the schedule.
 */
final class Pacer {

    /** The time of a request that the schedule does not have. */
    static final long NEVER = Long.MAX_VALUE;

    private final Stage[] stages;
    private final long[] firstRequest;
    private final long[] startNanos;
    private final long total;

    /** @param limit the most requests, {@link #NEVER} for as many as the stages have */
    Pacer(List<Stage> stages, long limit) {
        this.stages = stages.toArray(new Stage[0]);
        firstRequest = new long[this.stages.length];
        startNanos = new long[this.stages.length];
        long requests = 0;
        long nanos = 0;
        for (int i = 0; i < this.stages.length; i++) {
            firstRequest[i] = requests;
            startNanos[i] = nanos;
            requests = sum(requests, this.stages[i].requests());
            nanos = sum(nanos, this.stages[i].nanos());
        }
        total = Math.min(requests, limit);
    }

    /** {@return the requests of the whole schedule, {@link #NEVER} if it has no end} */
    long total() {
        return total;
    }

    /**
     * @param n the request's number, from 0
     * @return nanoseconds from the start of the schedule, or {@link #NEVER} past its end
     */
    long dueNanos(long n) {
        return n < 0 || n >= total ? NEVER : offset(n);
    }

    /** {@return when the schedule is over: when one request more would be due, which it does not have} */
    long endNanos() {
        return total == NEVER ? NEVER : offset(total);
    }

    private long offset(long n) {
        int i = stages.length - 1;
        while (firstRequest[i] > n) {
            i--;
        }
        // A stage without requests has the same first number as the next, which the search has met before it.
        return sum(startNanos[i], stages[i].offset(n - firstRequest[i]));
    }

    /** {@return the number of the first request that is due at {@code nanos} or after it, at most {@link #total()}} */
    long firstFrom(long nanos) {
        long from = 0;
        long to = total;
        while (from < to) {
            long middle = from + (to - from) / 2;
            if (dueNanos(middle) < nanos) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? NEVER : sum;
    }
}
