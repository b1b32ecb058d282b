package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MetronomeTest {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The kernel would let each sleep last 50 microseconds longer, which is more than many a server takes to answer. */
    @Test
    void itsSleepIsNotPutTogetherWithOthers() throws Exception {
        CompletableFuture<String> slack = new CompletableFuture<>();
        try (Metronome metronome = new Metronome("test", () -> slack.complete(ownSlack()))) {
            metronome.wakeAt(System.nanoTime());
            assertEquals("1", slack.get(10, TimeUnit.SECONDS));
        }
    }

    private static String ownSlack() {
        try {
            Path thread = Path.of("/proc/thread-self").toRealPath().getFileName();
            return Files.readString(Path.of("/proc", thread.toString(), "timerslack_ns"))
                    .strip();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void neverBeatsBeforeItsTime() throws Exception {
        BlockingQueue<Long> beats = new ArrayBlockingQueue<>(1);
        try (Metronome metronome = new Metronome("test", () -> beats.add(System.nanoTime()))) {
            for (int i = 0; i < 50; i++) {
                long due = System.nanoTime() + i * 50_000;
                metronome.wakeAt(due);
                assertTrue(beats.poll(10, TimeUnit.SECONDS) - due >= 0);
            }
        }
    }

    /** Who stands still for five periods is late five times, not once. */
    @Test
    void theProbeOfLagLeavesNoTimeOutWhenItIsHeldUp() throws Exception {
        BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
        AtomicBoolean heldUp = new AtomicBoolean();
        LagProbe probe = new LagProbe(due -> {
            boolean first = heldUp.compareAndSet(false, true);
            while (first && System.nanoTime() - due < 5 * PERIOD_NANOS) {
                LockSupport.parkNanos(PERIOD_NANOS);
            }
            asked.add(due);
        });
        try {
            long last = asked.poll(10, TimeUnit.SECONDS);
            for (int i = 0; i < 7; i++) {
                long next = asked.poll(10, TimeUnit.SECONDS);
                assertEquals(PERIOD_NANOS, next - last);
                last = next;
            }
        } finally {
            probe.close();
        }
    }
}
