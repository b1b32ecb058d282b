package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimerQueueTest {

    private static final Runnable NOTHING = () -> {};

    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 1000);
    private final TimerQueue queue = new TimerQueue(clock::nanoTime, NOTHING);

    @Test
    void sleepsForeverWithoutTimers() {
        assertEquals(TimerQueue.NEVER, queue.nanosToNext());
        assertNull(queue.pollDue(clock.nanoTime()));
    }

    @Test
    void ordersTimersOnBothSidesOfTheClocksOverflow() {
        Timer after = queue.schedule(5000, 0, NOTHING);
        Timer before = queue.schedule(500, 0, NOTHING);
        assertEquals(500, queue.nanosToNext());
        clock.advanceNanos(5000);
        assertTrue(clock.nanoTime() < 0);
        assertEquals(0, queue.nanosToNext());
        assertSame(before, queue.pollDue(clock.nanoTime()));
        assertSame(after, queue.pollDue(clock.nanoTime()));
    }

    @Test
    void isNotDueOneNanosecondEarly() {
        Timer timer = queue.schedule(100, 0, NOTHING);
        clock.advanceNanos(99);
        assertNull(queue.pollDue(clock.nanoTime()));
        clock.advanceNanos(1);
        assertSame(timer, queue.pollDue(clock.nanoTime()));
        assertFalse(timer.isScheduled());
    }

    @Test
    void cancelledTimersLeaveTheQueueAtOnce() {
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            timers.add(queue.schedule(1000 + i, 0, NOTHING));
        }
        timers.forEach(Timer::cancel);
        timers.forEach(Timer::cancel);
        assertTrue(queue.isEmpty());
    }

    @Test
    void timerThatNeverComesDelaysNoOther() {
        Timer overdue = queue.schedule(0, 0, NOTHING);
        clock.advanceNanos(10);
        Timer never = queue.schedule(Long.MAX_VALUE, 0, NOTHING);
        assertEquals(0, queue.nanosToNext());
        assertSame(overdue, queue.pollDue(clock.nanoTime()));
        assertTrue(never.isScheduled());
        assertTrue(queue.nanosToNext() > 0);
    }

    @Test
    void negativeDelayIsDueNow() {
        Timer timer = queue.schedule(Long.MIN_VALUE, 0, NOTHING);
        assertEquals(0, queue.nanosToNext());
        assertSame(timer, queue.pollDue(clock.nanoTime()));
    }

    @Test
    void leavesOutTheBeatsThatWereMissed() {
        Timer timer = queue.schedule(100, 100, NOTHING);
        clock.advanceNanos(350);
        assertSame(timer, queue.pollDue(clock.nanoTime()));
        assertNull(queue.pollDue(clock.nanoTime()));
        assertEquals(50, queue.nanosToNext());
    }

    @Property
    void behavesLikeSortedList(
            @ForAll long seed, @ForAll @LongRange(min = -100_000, max = 100_000) long startFromOverflow) {
        Random random = new Random(seed);
        ManualClock time = new ManualClock(Long.MAX_VALUE + startFromOverflow);
        TimerQueue timers = new TimerQueue(time::nanoTime, NOTHING);
        List<Timer> model = new ArrayList<>();
        Comparator<Timer> byDeadline = (a, b) -> Long.compare(a.deadlineNanos - b.deadlineNanos, 0);
        for (int step = 0; step < 200; step++) {
            int choice = random.nextInt(10);
            if (choice < 5) {
                model.add(timers.schedule(random.nextInt(20_000), 0, NOTHING));
            } else if (choice < 7 && !model.isEmpty()) {
                model.remove(random.nextInt(model.size())).cancel();
            } else {
                time.advanceNanos(random.nextInt(5_000));
                Timer due;
                while ((due = timers.pollDue(time.nanoTime())) != null) {
                    long first = model.stream().min(byDeadline).orElseThrow().deadlineNanos;
                    assertEquals(first, due.deadlineNanos);
                    assertTrue(model.remove(due));
                }
                assertTrue(model.stream().allMatch(timer -> timer.deadlineNanos - time.nanoTime() > 0));
            }
            assertEquals(model.isEmpty(), timers.isEmpty());
            assertTrue(model.stream().allMatch(Timer::isScheduled));
            long next = model.stream()
                    .min(byDeadline)
                    .map(timer -> Math.max(0, timer.deadlineNanos - time.nanoTime()))
                    .orElse(TimerQueue.NEVER);
            assertEquals(next, timers.nanosToNext());
        }
    }
}
