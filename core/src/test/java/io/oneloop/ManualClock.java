package io.oneloop;

import java.util.concurrent.TimeUnit;

/** A nanoTime that stands still until the test moves it. */
final class ManualClock {

    private long nanos;

    ManualClock(long startNanos) {
        nanos = startNanos;
    }

    long nanoTime() {
        return nanos;
    }

    void advanceMillis(long millis) {
        advanceNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    void advanceNanos(long by) {
        nanos += by;
    }
}
