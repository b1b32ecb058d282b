package io.oneloop;

import java.util.concurrent.TimeUnit;

/**
 * The idle, write-stall and close deadlines of one connection, on one timer. Activity only stores a time; the timer looks
 * at it when it fires and sets itself anew, so a busy connection does not touch the timer queue at every byte.
 *
 * <p>The time is read from the clock at each activity, not once per turn: a turn is as long as its callbacks, and what is
 * read behind a slow one would count as older than it is.
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
        activeAt = now();
        progressAt = activeAt;
        arm();
    }

    private static long nanosOrNone(long millis) {
        return millis == 0 ? NONE : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Bytes were read or written. */
    void active() {
        activeAt = now();
    }

    /** The peer took some of what is pending. */
    void progress() {
        activeAt = now();
        progressAt = activeAt;
    }

    /** The kernel takes no more. */
    void stalled() {
        stalled = true;
        progressAt = now();
        arm();
    }

    void drained() {
        stalled = false;
    }

    /** We have sent our FIN and wait for the peer's. */
    void lingering() {
        lingering = true;
        lingeringSince = now();
        arm();
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void arm() {
        long wait = untilFirst(now());
        // Before the old one goes, and again and again: a deadline that fails for want of memory must not be lost.
        Timer next = wait == NONE ? null : reactor.schedule(Math.max(1, wait), Reactor.RETRY_NANOS, this::look);
        cancel();
        timer = next;
    }

    /**
     * If a callback held the loop up, what the peer has done meanwhile waits in the kernel. So whoever is late gets one
     * more select: tasks run after its ready keys.
     */
    private void look() {
        long now = now();
        if (untilFirst(now) > 0) {
            arm();
        } else {
            reactor.execute(() -> expire(now));
        }
    }

    /** @param foundAt when the deadline was found to have passed: the time since then is the loop's, not the peer's */
    private void expire(long foundAt) {
        if (timer == null) {
            // The connection has ended meanwhile.
            return;
        }
        if (untilClosed(foundAt) <= 0) {
            connection.lingeredEnough();
        } else if (untilStall(foundAt) <= 0) {
            connection.abort(CloseReason.WRITE_TIMEOUT);
        } else if (untilIdle(foundAt) <= 0) {
            connection.close(CloseReason.IDLE_TIMEOUT);
            // What is pending still has its own deadline.
            arm();
        } else {
            arm();
        }
    }

    private long untilFirst(long now) {
        return Math.min(untilIdle(now), Math.min(untilStall(now), untilClosed(now)));
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

    private long now() {
        return reactor.platform().nanoTime();
    }
}
