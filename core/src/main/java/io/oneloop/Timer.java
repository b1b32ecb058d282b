package io.oneloop;

import java.util.Objects;

/**
 * An action that runs at a time to come, once or again and again. From {@link EventLoop#after} and {@code every}. Every
 * method belongs to the loop's thread.
 */
public final class Timer {

    private final TimerQueue queue;
    private final Runnable action;
    private final long periodNanos;
    long deadlineNanos;
    int slot = TimerQueue.NOT_QUEUED;

    Timer(TimerQueue queue, long deadlineNanos, long periodNanos, Runnable action) {
        this.queue = queue;
        this.deadlineNanos = deadlineNanos;
        this.periodNanos = periodNanos;
        this.action = Objects.requireNonNull(action, "action");
    }

    /** Takes the timer out of the queue: it holds no memory and will not run again. No effect on one that is done. */
    public void cancel() {
        queue.remove(this);
    }

    /** {@return whether the timer will run (again)} */
    public boolean isScheduled() {
        queue.checkThread();
        return slot != TimerQueue.NOT_QUEUED;
    }

    boolean isPeriodic() {
        return periodNanos > 0;
    }

    /** The next beat after {@code now}: beats that were missed are left out, not made up for in a burst. */
    long nextBeat(long now) {
        long late = now - deadlineNanos;
        long missed = late > 0 ? late / periodNanos : 0;
        return deadlineNanos + (missed + 1) * periodNanos;
    }

    Runnable action() {
        return action;
    }
}
