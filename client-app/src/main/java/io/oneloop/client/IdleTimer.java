package io.oneloop.client;

import io.oneloop.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Runs an action once nothing has moved for a while. Belongs to the loop's thread. */
final class IdleTimer {

    private final EventLoop loop;
    private final long idleNanos;
    private final LongSupplier progress;
    private final Runnable onIdle;
    private long activeAt;
    private long lastProgress;

    /** @param progress a number that changes with whatever moves unnoticed by {@link #touch} */
    IdleTimer(EventLoop loop, Duration idle, LongSupplier progress, Runnable onIdle) {
        this.loop = loop;
        this.progress = progress;
        this.onIdle = onIdle;
        idleNanos = idle.toNanos();
    }

    void start() {
        touch();
        lastProgress = progress.getAsLong();
        await(idleNanos);
    }

    /** Something moved. */
    void touch() {
        activeAt = System.nanoTime();
    }

    private void await(long nanos) {
        loop.after(nanos, TimeUnit.NANOSECONDS, this::check);
    }

    private void check() {
        long now = progress.getAsLong();
        if (now != lastProgress) {
            lastProgress = now;
            touch();
        }
        long left = idleNanos - (System.nanoTime() - activeAt);
        if (left > 0) {
            await(left);
        } else {
            onIdle.run();
        }
    }
}
