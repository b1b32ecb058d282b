package io.oneloop.client.load;

import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a loop at a time finer than select's whole milliseconds, without spinning: a thread that sleeps until then (to
 * about 60 microseconds on Linux) and hands the loop its beat.
 */
final class Metronome implements AutoCloseable {

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
        while (!closed) {
            if (!set) {
                LockSupport.park(this);
                continue;
            }
            long wait = wakeAt - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                set = false;
                beat.run();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
