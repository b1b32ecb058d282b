package io.oneloop;

import java.util.concurrent.TimeUnit;

/**
 * The idle, write-stall and close deadlines of one connection, on one timer. Activity only stores a time; the timer looks
 * at it when it fires and sets itself anew, so a busy connection does not touch the timer queue at every byte.
 */
final class Deadlines {

    private static final long NONE = Long.MAX_VALUE;

    private final TcpConnection connection;
    private final Reactor reactor;
    private final long idleNanos;
    private final long writeNanos;
    private final long closeNanos;

    private long activeAt;
    private long progressAt;
    private long lingeringSince;
    private boolean stalled;
    private boolean lingering;
    private Timer timer;

    Deadlines(TcpConnection connection) {
        this.connection = connection;
        reactor = connection.reactor();
        TcpOptions options = connection.options();
        idleNanos = nanosOrNone(options.idleTimeoutMillis());
        writeNanos = nanosOrNone(options.writeTimeoutMillis());
        closeNanos = nanosOrNone(options.closeTimeoutMillis());
        activeAt = reactor.now();
        progressAt = activeAt;
        arm();
    }

    private static long nanosOrNone(long millis) {
        return millis == 0 ? NONE : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Bytes were read or written. */
    void active() {
        activeAt = reactor.now();
    }

    /** The peer took some of what is pending. */
    void progress() {
        activeAt = reactor.now();
        progressAt = activeAt;
    }

    /** The kernel takes no more. */
    void stalled() {
        stalled = true;
        progressAt = reactor.now();
        arm();
    }

    void drained() {
        stalled = false;
    }

    /** We have sent our FIN and wait for the peer's. */
    void lingering() {
        lingering = true;
        lingeringSince = reactor.now();
        arm();
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void arm() {
        long now = reactor.platform().nanoTime();
        long wait = Math.min(untilIdle(now), Math.min(untilStall(now), untilClosed(now)));
        cancel();
        timer = wait == NONE ? null : reactor.schedule(Math.max(1, wait), 0, this::check);
    }

    private void check() {
        long now = reactor.platform().nanoTime();
        if (untilClosed(now) <= 0) {
            connection.lingeredEnough();
        } else if (untilStall(now) <= 0) {
            connection.abort(CloseReason.WRITE_TIMEOUT);
        } else if (untilIdle(now) <= 0) {
            connection.close(CloseReason.IDLE_TIMEOUT);
            // What is pending still has its own deadline.
            arm();
        } else {
            arm();
        }
    }

    private long untilIdle(long now) {
        return idleNanos == NONE || !connection.isOpen() ? NONE : idleNanos - (now - activeAt);
    }

    private long untilStall(long now) {
        return writeNanos == NONE || !stalled ? NONE : writeNanos - (now - progressAt);
    }

    private long untilClosed(long now) {
        return closeNanos == NONE || !lingering ? NONE : closeNanos - (now - lingeringSince);
    }
}
