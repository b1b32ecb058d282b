package io.oneloop;

import io.oneloop.LoopStats.Counter;

/** Runs what belongs to the program: watched, counted, and with its errors reported instead of thrown. */
final class Callbacks {

    private final LoopObserver observer;
    private final LoopStats stats;
    private final Watchdog watchdog;

    Callbacks(LoopObserver observer, LoopStats stats, Watchdog watchdog) {
        this.observer = observer;
        this.stats = stats;
        this.watchdog = watchdog;
    }

    void run(String context, Runnable callback) {
        watchdog.enter();
        try {
            callback.run();
        } catch (Throwable e) {
            report(context, e);
        }
        watchdog.exit();
    }

    void report(String context, Throwable error) {
        stats.count(Counter.CALLBACK_ERRORS);
        try {
            observer.onError(context, error);
        } catch (Throwable ignored) {
            // An observer that fails has nobody left to tell.
        }
    }
}
