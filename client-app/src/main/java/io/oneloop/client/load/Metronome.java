package io.oneloop.client.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a loop at a time finer than select's whole milliseconds, without spinning: a thread that sleeps until then (to
 * some 25 microseconds on Linux) and hands the loop its beat.
 */
final class Metronome implements AutoCloseable {

    /** Above some 10,000 requests per second a wake-up for each would take its time from the requests: several share one. */
    private static final long SHORTEST_PERIOD_NANOS = 75_000;

    private final Thread thread;
    private final Runnable beat;
    private volatile boolean set;
    private volatile long wakeAt;
    private volatile boolean closed;

    /** @param beat is run on the metronome's thread, so it only passes the word on */
    Metronome(String name, Runnable beat) {
        this.beat = beat;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks for one beat at {@code nanoTime}, in place of the one that was asked for before. */
    void wakeAt(long nanoTime) {
        wakeAt = nanoTime;
        set = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        sleepExactly();
        long earliest = System.nanoTime();
        while (!closed) {
            if (!set) {
                LockSupport.park(this);
                continue;
            }
            long now = System.nanoTime();
            long wait = Math.max(wakeAt - now, earliest - now);
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                set = false;
                earliest = now + SHORTEST_PERIOD_NANOS;
                passOn();
            }
        }
    }

    private void passOn() {
        try {
            beat.run();
        } catch (RejectedExecutionException e) {
            // The loop has ended, and with it the need for a beat.
            closed = true;
        }
    }

    /**
     * Linux lets every sleep last up to 50 microseconds longer, to wake once for several timers: the timer slack of a
     * thread, see prctl(2) and proc(5). Elsewhere, or where it may not be changed, the sleep is as exact as it is.
     */
    private static void sleepExactly() {
        try {
            Path thread = Path.of("/proc/thread-self").toRealPath().getFileName();
            Files.writeString(Path.of("/proc", thread.toString(), "timerslack_ns"), "1");
        } catch (IOException | SecurityException e) {
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
