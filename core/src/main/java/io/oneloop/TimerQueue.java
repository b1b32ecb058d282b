package io.oneloop;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Timers in a binary heap, soonest first. A timer knows its slot, so that cancelling removes it at once: with one
 * timeout per request, cancelled timers that stay until due would be most of the heap.
 *
 * <p>Times are {@link System#nanoTime()} values and are compared by subtraction only, since they may overflow.
 */
final class TimerQueue {

    /** So that timers which set further timers do not starve the sockets. */
    private static final int MAX_PER_TURN = 1024;

    static final int NOT_QUEUED = -1;
    /** What {@link #nanosToNext} says when nothing is scheduled. */
    static final long NEVER = Long.MAX_VALUE;
    /** 146 years: two deadlines further apart than {@link Long#MAX_VALUE} cannot be compared by subtraction. */
    private static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 2;

    private final LongSupplier nanoTime;
    private final Runnable threadCheck;
    private Timer[] heap = new Timer[16];
    private int size;

    TimerQueue(LongSupplier nanoTime, Runnable threadCheck) {
        this.nanoTime = nanoTime;
        this.threadCheck = threadCheck;
    }

    /** @param periodNanos 0 to run once */
    Timer schedule(long delayNanos, long periodNanos, Runnable action) {
        threadCheck.run();
        long delay = Math.max(0, Math.min(delayNanos, MAX_DELAY_NANOS));
        long period = Math.min(periodNanos, MAX_DELAY_NANOS);
        Timer timer = new Timer(this, nanoTime.getAsLong() + delay, period, action);
        insert(timer);
        return timer;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Nanoseconds until the first deadline, 0 if it has passed, {@link #NEVER} without one. */
    long nanosToNext() {
        return size == 0 ? NEVER : Math.max(0, heap[0].deadlineNanos - nanoTime.getAsLong());
    }

    /** Runs what is due now, and puts periodic timers back for their next beat. */
    void runDue(Callbacks callbacks) {
        if (size == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        Timer timer;
        for (int i = 0; i < MAX_PER_TURN && (timer = pollDue(now)) != null; i++) {
            callbacks.run("timer", timer.action());
        }
    }

    /** Takes out the first timer that is due at {@code now}, or null. */
    Timer pollDue(long now) {
        if (size == 0 || heap[0].deadlineNanos - now > 0) {
            return null;
        }
        Timer timer = heap[0];
        removeAt(0);
        if (timer.isPeriodic()) {
            timer.deadlineNanos = timer.nextBeat(now);
            insert(timer);
        }
        return timer;
    }

    void checkThread() {
        threadCheck.run();
    }

    void remove(Timer timer) {
        threadCheck.run();
        if (timer.slot != NOT_QUEUED) {
            removeAt(timer.slot);
        }
    }

    private void insert(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        siftUp(size++, timer);
    }

    private void removeAt(int slot) {
        heap[slot].slot = NOT_QUEUED;
        Timer last = heap[--size];
        heap[size] = null;
        if (slot < size) {
            siftDown(slot, last);
            if (heap[slot] == last) {
                siftUp(slot, last);
            }
        }
    }

    private void siftUp(int slot, Timer timer) {
        while (slot > 0) {
            int parent = (slot - 1) >>> 1;
            if (!isBefore(timer, heap[parent])) {
                break;
            }
            place(slot, heap[parent]);
            slot = parent;
        }
        place(slot, timer);
    }

    private void siftDown(int slot, Timer timer) {
        while (true) {
            int child = 2 * slot + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], timer)) {
                break;
            }
            place(slot, heap[child]);
            slot = child;
        }
        place(slot, timer);
    }

    private void place(int slot, Timer timer) {
        heap[slot] = timer;
        timer.slot = slot;
    }

    private static boolean isBefore(Timer a, Timer b) {
        return a.deadlineNanos - b.deadlineNanos < 0;
    }
}
