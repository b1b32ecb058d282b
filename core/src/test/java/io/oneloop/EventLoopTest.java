package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    @Test
    void runsTasksInTheOrderTheyWereHandedOver() {
        List<Integer> ran = new ArrayList<>();
        IntStream.range(0, 3000).forEach(i -> driver.loop.execute(() -> ran.add(i)));
        driver.turns(3);
        assertEquals(IntStream.range(0, 3000).boxed().toList(), ran);
    }

    @Test
    void refusesTasksOnceItHasEnded() {
        EventLoop loop = EventLoop.start("ended");
        loop.close();
        Exception error = assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
        assertEquals("event loop 'ended' has ended", error.getMessage());
        loop.shutdown(0);
        loop.close();
    }

    @Test
    void servesOnAfterAnInterrupt() throws Exception {
        try (EventLoop loop = EventLoop.start("interrupted")) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            loop.execute(() -> thread.complete(Thread.currentThread()));
            Thread interrupted = thread.get(60, TimeUnit.SECONDS);
            interrupted.interrupt();
            // Before JDK 21.0.5 an interrupt may miss a select that begins at that moment (JDK-8323782).
            loop.execute(() -> {});
            Patience.await().until(() -> !interrupted.isInterrupted());
            CompletableFuture<Thread> after = new CompletableFuture<>();
            loop.execute(() -> after.complete(Thread.currentThread()));
            assertEquals(interrupted, after.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void runsTimersWhenDueAndPeriodicOnesAgain() {
        List<String> ran = new ArrayList<>();
        driver.loop.after(20, TimeUnit.MILLISECONDS, () -> ran.add("once"));
        Timer beat = driver.loop.every(10, TimeUnit.MILLISECONDS, () -> ran.add("beat"));
        driver.pass(10);
        driver.pass(10);
        driver.pass(35);
        assertEquals(4, ran.size());
        assertEquals(1, ran.stream().filter("once"::equals).count());
        beat.cancel();
        driver.pass(100);
        assertEquals(4, ran.size());
        assertFalse(beat.isScheduled());
    }

    @Test
    void periodicTimerCanCancelItself() {
        AtomicInteger ran = new AtomicInteger();
        Timer[] timer = new Timer[1];
        timer[0] = driver.loop.every(10, TimeUnit.MILLISECONDS, () -> {
            ran.incrementAndGet();
            timer[0].cancel();
        });
        driver.pass(10);
        driver.pass(10);
        assertEquals(1, ran.get());
    }

    @Test
    void shutdownWritesWhatIsPendingAndEnds() throws IOException {
        TcpListener listener = driver.listen(handler);
        TestClient client = driver.connectAccepted(listener);
        driver.platform.writeChunk = 5;
        handler.connection().send(REPLY);
        driver.loop.shutdown(1000);
        driver.turnUntil("end", client::sawEnd);
        assertEquals("hahahahah----ok---", client.received());
        client.finish();
        driver.turnUntil("close", () -> handler.events.equals(List.of("open", "close CLOSED")));
        assertFalse(driver.loop.reactor().hasSources());
    }

    @Test
    void shutdownAbortsWhatIsLeftAfterTheDrainTime() throws IOException {
        TestClient client = driver.connectAccepted(driver.listen(handler));
        driver.platform.writeChunk = 0;
        handler.connection().send(REPLY);
        driver.loop.shutdown(1000);
        driver.turns(3);
        driver.pass(999);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        driver.turnUntil("close", () -> handler.events.equals(List.of("open", "close ABORTED")));
        driver.turnUntil("reset", client::sawReset);
    }

    @Test
    void aSecondShutdownMayShortenTheDrainTimeAndNotLengthenIt() throws IOException {
        driver.connectAccepted(driver.listen(handler));
        driver.platform.writeChunk = 0;
        handler.connection().send(REPLY);
        driver.loop.shutdown(1000);
        driver.turns(3);
        driver.loop.shutdown(2000);
        driver.loop.shutdown(10);
        driver.turns(3);
        driver.pass(9);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        driver.turnUntil("close", () -> handler.events.equals(List.of("open", "close ABORTED")));
        assertFalse(driver.loop.reactor().hasSources());
    }

    @Test
    void countsWhoIsOwedNothingWhenTheDrainTimeEndsAsClosed() throws IOException {
        TestClient client = driver.connectAccepted(driver.listen(handler));
        handler.connection().send(REPLY);
        driver.loop.shutdown(1000);
        driver.turnUntil("end", client::sawEnd);
        driver.pass(999);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        driver.turnUntil("close", () -> handler.count("close") == 1);
        assertEquals(List.of("open", "close CLOSED"), handler.events);
        assertEquals("hahahahah----ok---", client.received());
    }

    @Test
    void goesOnAfterSelectFailed() throws IOException {
        TestClient client = driver.connectAccepted(driver.listen(handler));
        driver.platform.selectFailure = new IOException("for the test");
        driver.turn();
        client.send("x");
        driver.turnUntil("data", () -> handler.count("data x") == 1);
    }

    @Test
    void closeEndsItsThread() {
        EventLoop loop = EventLoop.start("closed");
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        loop.close();
        assertTrue(!thread.join().isAlive());
    }

    @Test
    void keepsTheJvmAliveWhoeverStartsIt() throws Exception {
        CompletableFuture<EventLoop> started = new CompletableFuture<>();
        Thread daemon = new Thread(() -> started.complete(EventLoop.start("of a daemon")));
        daemon.setDaemon(true);
        daemon.start();
        try (EventLoop loop = started.get(60, TimeUnit.SECONDS)) {
            CompletableFuture<Boolean> isDaemon = new CompletableFuture<>();
            loop.execute(() -> isDaemon.complete(Thread.currentThread().isDaemon()));
            assertFalse(isDaemon.get(60, TimeUnit.SECONDS));
        }
    }
}
