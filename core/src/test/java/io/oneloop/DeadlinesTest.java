package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    private TestClient open(TcpOptions.Builder options) throws IOException {
        return driver.connectAccepted(driver.listen(options.build(), handler));
    }

    private void turnUntilClosed(CloseReason reason) {
        driver.turnUntil("close " + reason, () -> handler.events.contains("close " + reason));
    }

    @Test
    void closesConnectionThatIsSilentTooLong() throws IOException {
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        driver.pass(999);
        assertTrue(handler.connection().isOpen());
        driver.pass(1);
        driver.turnUntil("end", client::sawEnd);
        client.finish();
        turnUntilClosed(CloseReason.IDLE_TIMEOUT);
    }

    @Test
    void readsAndWritesAreActivity() throws IOException {
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        for (int i = 1; i <= 5; i++) {
            driver.pass(900);
            int sent = i;
            client.send("x");
            driver.turnUntil("read", () -> handler.count("data") == sent);
            driver.pass(900);
            handler.connection().send(ByteBuffer.wrap(new byte[1]));
        }
        assertTrue(handler.connection().isOpen());
        driver.pass(1000);
        client.finish();
        turnUntilClosed(CloseReason.IDLE_TIMEOUT);
    }

    @Test
    void neverClosesTheSilentByDefault() throws IOException {
        open(TcpOptions.builder());
        driver.pass(1_000_000_000);
        assertTrue(handler.connection().isOpen());
        assertEquals(-1, driver.platform.lastTimeoutMillis);
    }

    @Test
    void idleCloseOfPeerThatHasFinishedEndsItAndLeavesNoTimer() throws IOException {
        handler.on("eof", connection -> {});
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        client.finish();
        driver.turnUntil("eof", () -> handler.count("eof") == 1);
        driver.pass(1000);
        turnUntilClosed(CloseReason.IDLE_TIMEOUT);
        driver.turns(2);
        assertEquals(-1, driver.platform.lastTimeoutMillis);
    }

    @Test
    void abortsPeerThatTakesNothing() throws IOException {
        TestClient client = open(TcpOptions.builder().writeTimeoutMillis(1000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        driver.pass(999);
        assertTrue(handler.connection().isOpen());
        driver.pass(1);
        turnUntilClosed(CloseReason.WRITE_TIMEOUT);
        driver.turnUntil("reset", client::sawReset);
    }

    @Test
    void idleCloseLeavesTheWriteTimeoutToPeerThatTakesNothing() throws IOException {
        open(TcpOptions.builder().idleTimeoutMillis(1000).writeTimeoutMillis(5000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        driver.pass(1000);
        assertFalse(handler.connection().isOpen());
        driver.pass(3999);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        turnUntilClosed(CloseReason.WRITE_TIMEOUT);
    }

    @Test
    void closeByHandlerLeavesTheWriteTimeoutEvenIfTheIdleTimeoutIsShorter() throws IOException {
        open(TcpOptions.builder().idleTimeoutMillis(1000).writeTimeoutMillis(5000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        handler.connection().close();
        driver.pass(1000);
        driver.pass(3999);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        turnUntilClosed(CloseReason.WRITE_TIMEOUT);
    }

    @Test
    void oneByteTakenIsProgress() throws IOException {
        open(TcpOptions.builder().writeTimeoutMillis(1000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        for (int left = 9; left >= 1; left--) {
            driver.pass(900);
            driver.platform.writeChunk = 1;
            int expected = left;
            driver.turnUntil("progress", () -> handler.connection().pendingBytes() == expected);
            driver.platform.writeChunk = 0;
        }
        assertTrue(handler.connection().isOpen());
        driver.pass(1000);
        turnUntilClosed(CloseReason.WRITE_TIMEOUT);
    }

    @Test
    void stallIsOverOnceAllIsWritten() throws IOException {
        open(TcpOptions.builder().writeTimeoutMillis(1000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        driver.platform.writeChunk = 100;
        driver.turnUntil("flush", () -> handler.connection().pendingBytes() == 0);
        driver.pass(100_000);
        assertTrue(handler.connection().isOpen());
        assertEquals(-1, driver.platform.lastTimeoutMillis);
    }

    @Test
    void closeGivesUpOnPeerThatDoesNotRead() throws IOException {
        open(TcpOptions.builder().writeTimeoutMillis(1000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        handler.connection().close();
        driver.pass(999);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        turnUntilClosed(CloseReason.WRITE_TIMEOUT);
    }

    @Test
    void closedConnectionsLeaveNoTimers() throws IOException {
        open(TcpOptions.builder().idleTimeoutMillis(1000));
        handler.connection().abort();
        turnUntilClosed(CloseReason.ABORTED);
        driver.turn();
        assertEquals(-1, driver.platform.lastTimeoutMillis);
    }

    // ---- a loop that was held up ---------------------------------------------------------------------------------

    /** Waits until the server can read what the peers of these connections have sent. */
    private static void awaitReadable(List<TcpConnection> connections) throws IOException {
        for (TcpConnection connection : connections) {
            try (Selector selector = Selector.open()) {
                connection.key().channel().register(selector, SelectionKey.OP_READ);
                assertEquals(1, selector.select(Patience.LIMIT.toMillis()), "readable");
            }
        }
    }

    private void beSlow() {
        driver.clock.advanceMillis(3000);
    }

    @Test
    void slowOnOpenIsNotSilence() throws IOException {
        handler.on("open", connection -> beSlow());
        open(TcpOptions.builder().idleTimeoutMillis(1000));
        driver.pass(999);
        assertTrue(handler.connection().isOpen());
        driver.pass(1);
        assertFalse(handler.connection().isOpen());
    }

    @Test
    void slowOnDataIsNotSilence() throws IOException {
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        handler.onData((connection, data) -> beSlow());
        client.send("x");
        driver.turnUntil("read", () -> handler.count("data") == 1);
        driver.pass(999);
        assertTrue(handler.connection().isOpen());
        driver.pass(1);
        assertFalse(handler.connection().isOpen());
    }

    @Test
    void whatIsReadOrWrittenAfterSlowCallbackOfTheSameTurnIsNew() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().idleTimeoutMillis(1000).build(), handler);
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(driver.connectAccepted(listener));
        }
        for (TestClient client : clients) {
            client.send("x");
        }
        awaitReadable(handler.connections);
        Reply reply = Reply.of("y");
        handler.onData((connection, data) -> {
            switch ((int) handler.count("data")) {
                case 1 -> connection.send(reply);
                case 2 -> beSlow();
                default -> {}
            }
        });
        driver.turn();
        assertEquals(3, handler.count("data"));
        driver.pass(999);
        assertTrue(handler.connections.stream().allMatch(TcpConnection::isOpen));
        driver.pass(1);
        assertTrue(handler.connections.stream().noneMatch(TcpConnection::isOpen));
    }

    @Test
    void whatCameWhileCallbackWasSlowIsReadBeforeAnybodyIsIdle() throws IOException {
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        driver.loop.execute(() -> {
            beSlow();
            assertDoesNotThrow(() -> {
                client.send("x");
                awaitReadable(handler.connections);
            });
        });
        driver.turns(2);
        assertEquals(List.of("open", "data x"), handler.events);
        driver.pass(999);
        assertTrue(handler.connection().isOpen());
        driver.pass(1);
        assertFalse(handler.connection().isOpen());
    }

    @Test
    void onlyTimeBeforeTheLastLookCounts() throws IOException {
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        driver.loop.after(999, TimeUnit.MILLISECONDS, () -> driver.loop.execute(this::beSlow));
        driver.clock.advanceMillis(1000);
        driver.turn();
        // The deadline has been found to have passed, and this comes in time, but before a slow callback.
        client.send("x");
        awaitReadable(handler.connections);
        driver.turn();
        assertEquals(List.of("open", "data x"), handler.events);
        assertTrue(handler.connection().isOpen());
    }

    @Test
    void connectionThatEndsBetweenItsTimerAndItsTimeoutLeavesNoTimer() throws IOException {
        open(TcpOptions.builder().idleTimeoutMillis(1000).writeTimeoutMillis(5000));
        TcpConnection connection = handler.connection();
        driver.platform.writeChunk = 0;
        connection.send(ByteBuffer.wrap(new byte[10]));
        driver.loop.after(999, TimeUnit.MILLISECONDS, () -> driver.loop.execute(connection::abort));
        driver.pass(1000);
        turnUntilClosed(CloseReason.ABORTED);
        driver.turns(2);
        assertEquals(-1, driver.platform.lastTimeoutMillis);
    }

    @Test
    void whatTheKernelCanTakeAfterSlowCallbackIsWrittenBeforeTheWriteTimeout() throws IOException {
        open(TcpOptions.builder().writeTimeoutMillis(1000));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        driver.loop.execute(() -> {
            beSlow();
            driver.platform.writeChunk = 10;
        });
        driver.turns(2);
        assertTrue(handler.connection().isOpen());
        assertEquals(0, handler.connection().pendingBytes());
    }

    @Test
    void deadlineOutlivesFailureOfItsTimer() throws IOException {
        handler.on("eof", connection -> {});
        TestClient client = open(TcpOptions.builder().idleTimeoutMillis(1000));
        client.finish();
        driver.turnUntil("eof", () -> handler.count("eof") == 1);
        driver.clock.advanceMillis(1000);
        // The loop reads the clock for the select and for the timers, and then it is the timer's turn.
        driver.platform.readingsBeforeClockError = 2;
        driver.platform.clockError = new OutOfMemoryError("for the test");
        driver.turn();
        assertEquals(List.of("timer: java.lang.OutOfMemoryError: for the test"), driver.errors);
        driver.pass(100);
        turnUntilClosed(CloseReason.IDLE_TIMEOUT);
    }

    @Test
    void connectionWithoutItsIdleTimeoutIsNotKept() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().idleTimeoutMillis(1000).build(), handler);
        handler.on("open", connection -> driver.platform.clockError = new OutOfMemoryError("for the test"));
        TestClient client = driver.connectAccepted(listener);
        turnUntilClosed(CloseReason.HANDLER_ERROR);
        driver.turnUntil("reset", client::sawReset);
        assertTrue(driver.errors.get(0).startsWith("onOpen tcp "), driver.errors::toString);
    }
}
