package io.oneloop.client.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The errors of one loop by kind. The loop alone writes; the live view reads. */
final class ErrorLog {

    private static final int KINDS = ErrorKind.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(KINDS);
    private final AtomicLongArray measured = new AtomicLongArray(KINDS);
    private final AtomicLongArray requests = new AtomicLongArray(KINDS);
    private final AtomicLongArray first = new AtomicLongArray(KINDS);
    private final AtomicLongArray last = new AtomicLongArray(KINDS);
    private final AtomicReferenceArray<Sentence> examples = new AtomicReferenceArray<>(KINDS);
    private final AtomicLong total = new AtomicLong();

    /**
     * @param count how often
     * @param isMeasured whether it belongs to the measurement
     * @param sentRequests how many measured requests it cost that were sent, for the books: sent = succeeded + these
     * @param nanos when, as nanoTime
     */
    void record(ErrorKind kind, long count, boolean isMeasured, long sentRequests, long nanos) {
        int i = kind.ordinal();
        measured.setPlain(i, measured.getPlain(i) + (isMeasured ? count : 0));
        if (counts.getPlain(i) == 0) {
            first.setPlain(i, nanos);
        }
        last.setPlain(i, nanos);
        requests.setPlain(i, requests.getPlain(i) + sentRequests);
        counts.setRelease(i, counts.getPlain(i) + count);
        total.setRelease(total.getPlain() + count);
    }

    /** Keeps the first example of a kind in words. */
    void example(ErrorKind kind, Sentence example) {
        examples.compareAndSet(kind.ordinal(), null, example);
    }

    long total() {
        return total.getAcquire();
    }

    /** {@return whether there is none for which another machine may be the reason} */
    boolean areLocal() {
        return total()
                == counts.getAcquire(ErrorKind.CONNECT_NO_PORT.ordinal())
                        + counts.getAcquire(ErrorKind.CONNECT_NO_DESCRIPTOR.ordinal());
    }

    /** @param start the time that the measurement started, as nanoTime */
    void addTo(ErrorSummary.Builder summary, long start) {
        for (ErrorKind kind : ErrorKind.values()) {
            int i = kind.ordinal();
            long count = counts.getAcquire(i);
            if (count > 0) {
                summary.add(
                        kind,
                        count,
                        measured.getPlain(i),
                        requests.getPlain(i),
                        first.getPlain(i) - start,
                        last.getPlain(i) - start,
                        examples.get(i));
            }
        }
    }
}
