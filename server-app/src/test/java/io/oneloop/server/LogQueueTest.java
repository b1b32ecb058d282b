package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LogQueueTest {

    private static final int CAPACITY = 8;

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final LogQueue queue = new LogQueue(CAPACITY, count -> written.add(count + " left out"));

    @AfterEach
    void end() throws InterruptedException {
        released.countDown();
        queue.close(Duration.ofSeconds(60));
    }

    @Test
    void writesInOrderOnAThreadOfItsOwn() throws InterruptedException {
        for (int i = 0; i < CAPACITY; i++) {
            String line = "line " + i;
            queue.add(() -> written.add(line + " " + Thread.currentThread().getName()));
        }

        queue.close(Duration.ofSeconds(60));

        assertEquals(CAPACITY, written.size());
        assertEquals("line 0 log", written.get(0));
        assertEquals("line 7 log", written.get(7));
    }

    @Test
    void leavesOutAndCountsWhatDoesNotFit() throws InterruptedException {
        blockTheWriter();
        for (int i = 0; i < CAPACITY + 5; i++) {
            queue.add(() -> written.add("line"));
        }
        assertFalse(queue.hasRoom());

        released.countDown();

        await().untilAsserted(() -> assertEquals(CAPACITY + 1, written.size()));
        assertEquals("6 left out", written.get(CAPACITY));
    }

    @Test
    void hasRoomAgainWhenTheWriterGoesOn() throws InterruptedException {
        blockTheWriter();
        for (int i = 0; i < CAPACITY; i++) {
            queue.add(() -> {});
        }
        assertFalse(queue.hasRoom());

        released.countDown();

        await().until(queue::hasRoom);
    }

    @Test
    void saysNothingOfLeftOutLinesWhenThereAreNone() throws InterruptedException {
        queue.add(() -> written.add("line"));

        assertEquals(0, queue.close(Duration.ofSeconds(60)));

        assertEquals(List.of("line"), written);
    }

    @Test
    void goesOnAfterALineThatCannotBeWritten() throws InterruptedException {
        queue.add(() -> {
            throw new IllegalStateException("cannot be written");
        });
        queue.add(() -> written.add("next"));

        await().until(() -> written.contains("next"));
        queue.add(() -> {});

        await().until(() -> written.contains("1 left out"));
    }

    @Test
    void goesOnAfterAReportThatCannotBeWrittenAndTellsTheSumNextTime() throws InterruptedException {
        AtomicBoolean noMemory = new AtomicBoolean(true);
        LogQueue failing = new LogQueue(CAPACITY, count -> {
            if (noMemory.getAndSet(false)) {
                throw new Error("no memory for the report");
            }
            written.add(count + " left out");
        });
        failing.add(() -> {
            throw new IllegalStateException("cannot be written");
        });
        await().until(() -> {
            failing.add(() -> written.add("line"));
            return !noMemory.get();
        });

        failing.add(() -> {});

        await().until(() -> written.contains("1 left out"));
        failing.close(Duration.ofSeconds(60));
    }

    @Test
    void endsThoughTheWriterIsStuckAndTheQueueFull() throws InterruptedException {
        blockTheWriter();
        for (int i = 0; i < CAPACITY; i++) {
            queue.add(() -> {});
        }

        assertFalse(queue.hasRoom());

        // That one, what waits, and the one that is stuck.
        assertEquals(1 + CAPACITY + 1, queue.close(Duration.ofMillis(10)));
        assertEquals(1, released.getCount());
    }

    private void blockTheWriter() throws InterruptedException {
        queue.add(() -> {
            stuck.countDown();
            try {
                assertTrue(released.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stuck.await();
    }
}
