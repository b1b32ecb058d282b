package io.oneloop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks from a thread of its own for callbacks that hold the loop up, and reports where the loop's thread stands. The
 * loop only counts: odd while a callback runs, even in between. It reads no clock for this and takes no lock.
 */
final class Watchdog {

    /** A callback that was seen running for this long is reported, once. */
    static final long SLOW_MILLIS = 100;

    /** How much longer than {@link #SLOW_MILLIS} a callback may run before it is first seen; each look is a wakeup. */
    private static final long SAMPLE_MILLIS = SLOW_MILLIS / 4;

    private static final VarHandle BEAT;

    static {
        try {
            BEAT = MethodHandles.lookup().findVarHandle(Watchdog.class, "beat", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread watched;
    private final LoopObserver observer;
    private final Thread thread;
    private long beat;
    private volatile boolean stopped;

    private long seenBeat;
    private long seenSinceNanos;
    private boolean reported;

    Watchdog(Thread watched, LoopObserver observer) {
        this.watched = watched;
        this.observer = observer;
        thread = new Thread(this::run, watched.getName() + "-watchdog");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** A callback begins. On the loop's thread. */
    void enter() {
        // The next odd number, even if an error took the last callback out of the loop past its exit().
        BEAT.setOpaque(this, beat + 1 | 1);
    }

    /** It has returned. On the loop's thread. */
    void exit() {
        BEAT.setOpaque(this, (beat | 1) + 1);
    }

    private void run() {
        while (!stopped) {
            try {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SAMPLE_MILLIS));
                sample(System.nanoTime());
            } catch (OutOfMemoryError e) {
                // The loop survives it, so the watch over it does too; the next look may succeed.
            }
        }
    }

    /** One look at the beat; reports the callback that has been seen running since {@link #SLOW_MILLIS} ago. */
    void sample(long nowNanos) {
        long current = (long) BEAT.getOpaque(this);
        if (current != seenBeat) {
            seenBeat = current;
            seenSinceNanos = nowNanos;
            reported = false;
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(nowNanos - seenSinceNanos);
        boolean running = (current & 1) == 1;
        if (running && !reported && millis >= SLOW_MILLIS) {
            reported = true;
            try {
                observer.onSlowCallback(millis, watched.getStackTrace());
            } catch (Throwable e) {
                // An observer that fails has nobody left to tell.
            }
        }
    }
}
