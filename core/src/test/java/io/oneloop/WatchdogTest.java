package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final List<Long> reported = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(Thread.currentThread(), new LoopObserver() {
        @Override
        public void onError(String context, Throwable error) {}

        @Override
        public void onSlowCallback(long millis, StackTraceElement[] stack) {
            reported.add(millis);
        }
    });

    private void sampleAt(long... millis) {
        for (long at : millis) {
            watchdog.sample(TimeUnit.MILLISECONDS.toNanos(at));
        }
    }

    @Test
    void reportsACallbackOnceHoweverLongItRuns() {
        watchdog.enter();
        sampleAt(0, 50, 100, 150, 1_000);
        assertEquals(List.of(100L), reported);
    }

    @Test
    void reportsEachCallbackAnew() {
        watchdog.enter();
        sampleAt(0, 150);
        watchdog.exit();
        watchdog.enter();
        sampleAt(200, 300);
        assertEquals(List.of(150L, 100L), reported);
    }

    @Test
    void keepsSilentBetweenCallbacks() {
        watchdog.enter();
        watchdog.exit();
        sampleAt(0, 50, 100, 10_000);
        assertEquals(List.of(), reported);
    }

    @Test
    void keepsSilentAfterAnErrorThatPassedTheExit() {
        watchdog.enter();
        watchdog.enter();
        watchdog.exit();
        sampleAt(0, 50, 100, 10_000);
        assertEquals(List.of(), reported);
        watchdog.enter();
        sampleAt(20_000, 20_100);
        assertEquals(List.of(100L), reported);
    }
}
