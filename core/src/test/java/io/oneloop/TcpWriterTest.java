package io.oneloop;

import static io.oneloop.Patience.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection sends, as its handler and its peer see it. */
class TcpWriterTest {

    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();
    private final List<Reply> greeted = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sendsAtOnceWhatTheKernelTakes() throws IOException {
        TestClient client = driver.open(handler);
        ByteBuffer data = bytes("..hello..").position(2).limit(7);
        assertTrue(handler.connection().send(data));
        assertEquals(0, handler.connection().pendingBytes());
        assertEquals(2, data.position());
        assertEquals(7, data.limit());
        driver.turnUntil("reply", () -> client.received().equals("hello"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 17, 18, 19})
    void keepsStreamExactWhateverTheKernelTakes(int writeChunk) throws IOException {
        TestClient client = driver.open(handler);
        driver.platform.writeChunk = writeChunk;
        TcpConnection connection = handler.connection();
        connection.send(REPLY, 3);
        connection.send(bytes("[one]"));
        connection.send(REPLY);
        connection.send(bytes("[two]"));
        connection.send(Reply.of("<other>"), 2);
        connection.send(Reply.of("<third>"));
        String expected = "hahahahah----ok---".repeat(3) + "[one]hahahahah----ok---[two]<other><other><third>";
        driver.turnUntil("all bytes", () -> client.receivedCount() >= expected.length());
        assertEquals(expected, client.received());
        assertEquals(0, connection.pendingBytes());
        assertEquals(expected.length(), driver.counted(Counter.BYTES_WRITTEN));
    }

    @Test
    void neitherSpinsNorLosesBytesWhileTheKernelTakesNone() throws IOException {
        TestClient client = driver.open(handler);
        driver.platform.writeChunk = 0;
        handler.connection().send(bytes("hello"));
        handler.connection().send(REPLY);
        driver.turns(5);
        assertEquals(23, handler.connection().pendingBytes());
        assertEquals(0, driver.counted(Counter.WRITES));
        driver.platform.writeChunk = 100;
        driver.turnUntil("all bytes", () -> client.received().equals("hellohahahahah----ok---"));
    }

    @Test
    void putsTheRepliesOfOneTurnInOneWrite() throws IOException {
        handler.onData((connection, data) -> {
            connection.send(REPLY);
            connection.send(REPLY, 2);
        });
        TestClient client = driver.open(handler);
        client.send("x");
        driver.turnUntil("replies", () -> client.receivedCount() == 54);
        assertEquals(1, driver.platform.writes);
    }

    @Test
    void owesRepliesWithoutCopyingThem() throws IOException {
        TestClient client = driver.open(
                handler,
                TcpOptions.builder().maxPendingBytes(1).highWaterBytes(1).build());
        driver.platform.writeChunk = 7;
        handler.connection().send(REPLY, 1_000);
        driver.turnUntil("all bytes", () -> client.receivedCount() == 18_000);
        assertEquals("hahahahah----ok---".repeat(1_000), client.received());
    }

    @Test
    void refusesNegativeNumberOfReplies() throws IOException {
        driver.open(handler);
        assertThrows(IllegalArgumentException.class, () -> handler.connection().send(REPLY, -1));
        assertEquals(0, handler.connection().pendingBytes());
        assertTrue(handler.connection().send(REPLY, 0));
        assertEquals(0, handler.connection().pendingBytes());
    }

    @Test
    void saysWhetherToGoOnAndWhenAgain() throws IOException {
        TestClient client =
                driver.open(handler, TcpOptions.builder().highWaterBytes(10).build());
        TcpConnection connection = handler.connection();
        driver.platform.writeChunk = 0;
        assertTrue(connection.send(bytes("1234567890")));
        assertFalse(connection.send(bytes("x")));
        driver.turns(5);
        assertEquals(List.of("open"), handler.events);
        driver.platform.writeChunk = 100;
        driver.turnUntilEvents(handler, "open", "writable");
        assertEquals(0, connection.pendingBytes());
        driver.turns(5);
        assertEquals(List.of("open", "writable"), handler.events);
        driver.turnUntil("bytes", () -> client.received().equals("1234567890x"));
    }

    @Test
    void endsWithOverflowBeyondTheMostPendingBytes() throws IOException {
        TestClient client =
                driver.open(handler, TcpOptions.builder().maxPendingBytes(10).build());
        driver.platform.writeChunk = 0;
        assertTrue(handler.connection().send(bytes("1234567890")));
        assertFalse(handler.connection().send(bytes("x")));
        driver.turnUntilEvents(handler, "open", "close WRITE_OVERFLOW");
        driver.turnUntil("reset", client::sawReset);
        assertEquals(11, driver.counted(Counter.BYTES_DISCARDED));
        assertEquals(11, driver.loop.stats().discarded(CloseReason.WRITE_OVERFLOW));
    }

    @Test
    void endsWithNetworkErrorWhenWriteFails() throws IOException {
        driver.open(handler);
        driver.platform.writeFailure = new IOException("Broken pipe");
        assertFalse(handler.connection().send(bytes("x")));
        driver.turnUntilEvents(handler, "open", "close NETWORK_ERROR");
        assertSame(driver.platform.writeFailure, handler.connection().closeCause());
    }

    @Test
    void countsOwedRepliesAsDiscardedWhenTheWriteFails() throws IOException {
        driver.open(handler);
        driver.platform.writeFailure = new IOException("Broken pipe");
        handler.connection().send(REPLY, 2);
        driver.turnUntilEvents(handler, "open", "close NETWORK_ERROR");
        assertEquals(36, driver.counted(Counter.BYTES_DISCARDED));
        assertEquals(36, driver.loop.stats().discarded(CloseReason.NETWORK_ERROR));
    }

    @Test
    void switchesNagleOffBeforeTheSecondWrite() throws IOException {
        driver.open(handler);
        handler.connection().send(bytes("first"));
        assertFalse(driver.platform.streams.get(0).channel().getOption(StandardSocketOptions.TCP_NODELAY));
        handler.connection().send(bytes("second"));
        assertTrue(driver.platform.streams.get(0).channel().getOption(StandardSocketOptions.TCP_NODELAY));
    }

    @Test
    void leavesNagleOnWhereAskedTo() throws IOException {
        driver.open(handler, TcpOptions.builder().noDelay(false).build());
        handler.connection().send(bytes("first"));
        handler.connection().send(bytes("second"));
        assertFalse(driver.platform.streams.get(0).channel().getOption(StandardSocketOptions.TCP_NODELAY));
    }

    @Test
    void doesNotCopyALongReplyBehindAnother() throws IOException {
        Reply body = Reply.of("b".repeat(100_000));
        handler.onData((connection, data) -> {
            connection.send(REPLY);
            connection.send(body);
            connection.close();
        });
        TcpOptions options = TcpOptions.builder().maxPendingBytes(1).build();
        TestClient client = driver.open(handler, options).send("x").finish();
        driver.turnUntil("all bytes", () -> client.receivedCount() == 18 + 100_000);
        driver.turnUntil("close", () -> handler.count("close CLOSED") == 1);
    }

    @Test
    void copiesNoMoreThanAFewRepliesBehindAnother() throws IOException {
        Reply status = Reply.of("OK\r\n");
        handler.onData((connection, data) -> {
            connection.send(status);
            for (int i = 0; i < 10_000; i++) {
                connection.send(REPLY);
            }
        });
        TestClient client =
                driver.open(handler, TcpOptions.builder().maxPendingBytes(4096).build());
        client.send("x");
        driver.turnUntil("all bytes", () -> client.receivedCount() == 4 + 180_000);
        assertEquals("OK\r\n" + "hahahahah----ok---".repeat(10_000), client.received());
    }

    @Test
    void putsTwoShortRepliesInTurnIntoTwoWrites() throws IOException {
        Reply other = Reply.of("<other>");
        handler.onData((connection, data) -> {
            for (int i = 0; i < 10; i++) {
                connection.send(REPLY);
                connection.send(other);
            }
        });
        TestClient client = driver.open(handler);
        client.send("x");
        driver.turnUntil("replies", () -> client.receivedCount() == 250);
        assertEquals("hahahahah----ok---<other>".repeat(10), client.received());
        assertEquals(2, driver.platform.writes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 70_000, Integer.MAX_VALUE})
    void hasTheJdkMakeNoBufferOfItsOwn(int writeChunk) throws IOException {
        TestClient client = driver.open(handler);
        driver.platform.writeChunk = writeChunk;
        byte[] data = new byte[200_000];
        new Random(1).nextBytes(data);
        handler.connection().send(ByteBuffer.wrap(data).asReadOnlyBuffer());
        driver.turnUntil("all bytes", () -> client.receivedCount() == data.length);
        assertArrayEquals(data, client.receivedBytes());
        assertEquals(data.length, driver.counted(Counter.BYTES_WRITTEN));
        assertEquals(0, driver.platform.heapWrites);
    }

    @Test
    void countsEachByteWhenALaterPieceFails() throws IOException {
        driver.open(handler);
        driver.platform.writesBeforeFailure = 1;
        driver.platform.writeFailure = new IOException("Broken pipe");
        assertFalse(handler.connection().send(ByteBuffer.allocate(200_000)));
        driver.turnUntilEvents(handler, "open", "close NETWORK_ERROR");
        assertEquals(65_536, driver.counted(Counter.BYTES_WRITTEN));
        assertEquals(200_000 - 65_536, driver.counted(Counter.BYTES_DISCARDED));
    }

    /** Each reply is 64 KiB outside the heap. */
    @Test
    void holdsNoReplyOnceItIsWritten() throws IOException {
        TcpListener listener = driver.listen((connection, data) -> connection.send(greeting(data)));
        TestClient client = driver.connectAccepted(listener);
        client.send("1");
        driver.turnUntil("greeting", () -> client.received().equals("hello 1"));
        WeakReference<Reply> first = new WeakReference<>(greeted.remove(0));
        TestClient other = driver.connectAccepted(listener);
        other.send("2");
        driver.turnUntil("another", () -> other.received().equals("hello 2"));
        await().until(() -> {
            System.gc();
            return first.get() == null;
        });
    }

    private Reply greeting(ByteBuffer data) {
        greeted.add(Reply.of("hello " + StandardCharsets.UTF_8.decode(data)));
        return greeted.get(greeted.size() - 1);
    }
}
