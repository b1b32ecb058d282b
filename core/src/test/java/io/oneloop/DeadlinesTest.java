package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
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
}
