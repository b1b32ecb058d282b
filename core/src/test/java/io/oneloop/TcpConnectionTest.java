package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {

    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    @Test
    void givesWhatCameToTheHandler() throws IOException {
        TestClient client = driver.open(handler);
        client.send("hello");
        driver.turnUntilEvents(handler, "open", "data hello");
        client.send("again");
        driver.turnUntilEvents(handler, "open", "data hello", "data again");
        assertEquals(10, driver.counted(Counter.BYTES_READ));
        assertEquals(2, driver.counted(Counter.READS));
    }

    @Test
    void readsStreamThatComesByteByByte() throws IOException {
        driver.platform.readChunk = 1;
        driver.open(handler).send("abc");
        driver.turnUntilEvents(handler, "open", "data a", "data b", "data c");
    }

    @Test
    void readsOncePerTurn() throws IOException {
        TestClient client = driver.open(handler);
        driver.platform.readChunk = 1;
        driver.platform.reads = 0;
        client.send("abcdef");
        driver.turnUntil("first read", () -> driver.platform.reads == 1);
        driver.turn();
        assertEquals(2, driver.platform.reads);
    }

    @Test
    void doesNotReadWhilePaused() throws IOException {
        TestClient client = driver.open(handler);
        handler.connection().pauseReads();
        client.send("hello").finish();
        driver.turns(20);
        assertEquals(List.of("open"), handler.events);
        handler.connection().resumeReads();
        driver.turnUntilEvents(handler, "open", "data hello", "eof", "close PEER_FINISHED");
    }

    @Test
    void endsWithNetworkErrorWhenReadFails() throws IOException {
        TestClient client = driver.open(handler);
        driver.platform.readFailure = new IOException("Connection reset");
        client.send("x");
        driver.turnUntilEvents(handler, "open", "close NETWORK_ERROR");
        assertSame(driver.platform.readFailure, handler.connection().closeCause());
    }

    @Test
    void endsWithNetworkErrorWhenThePeerResets() throws IOException {
        driver.open(handler).reset();
        driver.turnUntilEvents(handler, "open", "close NETWORK_ERROR");
        assertInstanceOf(IOException.class, handler.connection().closeCause());
    }

    // ---- half-close and close ------------------------------------------------------------------------------------

    @Test
    void writesPendingBytesBeforeItsFin() throws IOException {
        TestClient client = driver.open(handler);
        driver.platform.writeChunk = 7;
        handler.connection().send(REPLY);
        handler.connection().shutdownOutput();
        assertFalse(handler.connection().send(bytes("late")));
        driver.turnUntil("end", client::sawEnd);
        assertEquals("hahahahah----ok---", client.received());
        client.send("still heard");
        driver.turnUntilEvents(handler, "open", "data still heard");
        assertTrue(handler.connection().isOpen());
    }

    /** The peer would take what it has got for all there was. */
    @Test
    void abortSendsNoFinInPlaceOfWhatWasPending() throws IOException {
        handler.on("writable", connection -> {
            driver.platform.writeChunk = 0;
            connection.send(bytes("lost"));
            connection.shutdownOutput();
            connection.abort();
        });
        TestClient client =
                driver.open(handler, TcpOptions.builder().highWaterBytes(1).build());
        driver.platform.writeChunk = 0;
        handler.connection().send(bytes("whole"));
        driver.platform.writeChunk = 5;
        driver.turnUntil("its end", () -> client.sawReset() || client.sawEnd());
        assertTrue(client.sawReset());
        driver.turnUntilEvents(handler, "open", "writable", "close ABORTED");
    }

    @Test
    void goesOnSendingAfterThePeersEndWhenTheHandlerSaysSo() throws IOException {
        handler.on("eof", connection -> {});
        TestClient client = driver.open(handler);
        client.finish();
        driver.turnUntilEvents(handler, "open", "eof");
        handler.connection().send(bytes("later"));
        driver.turnUntil("bytes", () -> client.received().equals("later"));
        handler.connection().close();
        driver.turnUntilEvents(handler, "open", "eof", "close PEER_FINISHED");
    }

    @Test
    void closeWaitsForThePeersEndSoThatNoResetEatsTheReply() throws IOException {
        TestClient client = driver.open(handler);
        handler.connection().send(REPLY);
        handler.connection().close();
        driver.turnUntil("end", client::sawEnd);
        client.send("unread bytes");
        driver.turns(5);
        assertEquals("hahahahah----ok---", client.received());
        assertFalse(client.sawReset());
        assertEquals(List.of("open"), handler.events);
        client.finish();
        driver.turnUntilEvents(handler, "open", "close CLOSED");
    }

    @Test
    void takesNothingAfterClose() throws IOException {
        TestClient client = driver.open(handler);
        handler.connection().close();
        assertFalse(handler.connection().isOpen());
        assertFalse(handler.connection().send(bytes("x")));
        assertFalse(handler.connection().send(REPLY));
        driver.turnUntil("end", client::sawEnd);
        assertEquals("", client.received());
    }

    @Test
    void abortSendsReset() throws IOException {
        TestClient client = driver.open(handler);
        handler.connection().abort();
        driver.turnUntilEvents(handler, "open", "close ABORTED");
        driver.turnUntil("reset", client::sawReset);
    }

    @Test
    void closeEndsInTimeThoughThePeerNeverCloses() throws IOException {
        TestClient client = driver.open(
                handler, TcpOptions.builder().closeTimeoutMillis(1000).build());
        handler.connection().send(REPLY);
        handler.connection().close();
        driver.turnUntil("end", client::sawEnd);
        driver.pass(999);
        assertEquals(List.of("open"), handler.events);
        driver.pass(1);
        driver.turnUntilEvents(handler, "open", "close CLOSED");
        assertEquals("hahahahah----ok---", client.received());
    }

    @Test
    void closeLosesNothingOfWhatAPeerThatReadsSlowlyHasNotHadYet() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().closeTimeoutMillis(1000).build(), handler);
        TestClient client = driver.keep(new TestClient(listener.localAddress(), 4096));
        driver.turnUntil("open", () -> handler.count("open") == 1);
        handler.connection().send(ByteBuffer.wrap(new byte[20_000]));
        handler.connection().close();
        driver.turnUntil("the kernel takes it", () -> handler.connection().pendingBytes() == 0);
        driver.pass(1000);
        driver.turnUntilEvents(handler, "open", "close CLOSED");
        driver.turnUntil("end", () -> client.sawEnd() || client.sawReset());
        assertEquals(20_000, client.receivedCount());
    }

    // ---- callbacks -----------------------------------------------------------------------------------------------

    @Test
    void onWritableNeverRunsWithinAnotherCallback() throws IOException {
        // A reply beyond the mark that goes out on the way, as another send needs its place in the stream.
        handler.onData((connection, data) -> {
            assertFalse(connection.send(REPLY, 2));
            connection.send(bytes("tail"));
        });
        TestClient client =
                driver.open(handler, TcpOptions.builder().highWaterBytes(20).build());
        client.send("x");
        driver.turnUntil("bytes", () -> client.receivedCount() == 40);
        driver.turnUntilEvents(handler, "open", "data x", "writable");
        assertFalse(handler.sawNestedCallbacks());
    }

    @Test
    void fullBatchOfRepliesRunsNoCallbackWithinAnother() throws IOException {
        AtomicInteger told = new AtomicInteger();
        handler.onData((connection, data) -> {
            if (!connection.send(REPLY, 2)) {
                told.incrementAndGet();
            }
        });
        TcpListener listener =
                driver.listen(TcpOptions.builder().highWaterBytes(20).build(), handler);
        for (int i = 0; i < 150; i++) {
            driver.connect(listener).send("x");
        }
        driver.turnUntil("data", () -> handler.count("data") == 150);
        driver.turnUntil("writable", () -> handler.count("writable") == told.get());
        assertTrue(told.get() > 64);
        assertFalse(handler.sawNestedCallbacks());
    }

    @Test
    void handlerThatAlwaysRefillsDoesNotHoldTheTurn() throws IOException {
        handler.on("writable", connection -> {
            if (handler.count("writable") < 100) {
                connection.send(REPLY, 2);
            }
        });
        driver.open(handler, TcpOptions.builder().highWaterBytes(20).build());
        handler.connection().send(REPLY, 2);
        driver.turn();
        assertTrue(handler.count("writable") <= 1);
        driver.turnUntil("all told", () -> handler.count("writable") == 100);
    }

    @Test
    void errorThatIsNoExceptionOfAWriteEndsThatConnectionOnly() throws IOException {
        TcpListener listener = driver.listen(handler);
        driver.connectAccepted(listener);
        TcpConnection first = handler.connection();
        TestClient client = driver.connectAccepted(listener);
        TcpConnection second = handler.connection();
        driver.platform.writeError = new InternalError("for the test");
        first.send(REPLY);
        driver.turn();
        driver.platform.writeError = null;
        second.send(REPLY);
        driver.turnUntil("reply", () -> client.receivedCount() == 18);
        assertEquals(1, driver.loop.stats().closed());
        assertEquals(1, driver.errors.size());
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Test
    void keepsOneAttachment() throws IOException {
        driver.open(handler);
        assertNull(handler.connection().attachment());
        handler.connection().attach("mine");
        assertEquals("mine", handler.connection().attachment());
    }

    @Test
    void knowsBothItsAddresses() throws IOException {
        TestClient client = driver.open(handler);
        assertEquals(client.channel.getLocalAddress(), handler.connection().remoteAddress());
        assertEquals(client.channel.getRemoteAddress(), handler.connection().localAddress());
        assertEquals(
                "tcp " + Addresses.format(handler.connection().remoteAddress()),
                handler.connection().toString());
        assertSame(driver.loop, handler.connection().loop());
        handler.connection().abort();
        driver.turns(2);
        assertNull(handler.connection().localAddress());
    }

    @Test
    void keepsTheCauseOfItsEndWhateverItsHandlerThrowsThen() throws IOException {
        IOException cause = new IOException("Broken pipe");
        driver.platform.writeFailure = cause;
        handler.onData((connection, data) -> {
            if (!connection.send(data)) {
                throw new IllegalStateException("could not send");
            }
        });
        TestClient client = driver.open(handler);
        client.send("x");
        driver.turnUntilEvents(handler, "open", "data x", "close NETWORK_ERROR");
        assertSame(cause, handler.connection().closeCause());
        assertEquals(1, driver.errors.size());
    }
}
