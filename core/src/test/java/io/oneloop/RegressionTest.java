package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What once went wrong and belongs to no single room. */
class RegressionTest {

    private static final TcpOptions SMALL_MARK =
            TcpOptions.builder().highWaterBytes(20).build();

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void end() throws IOException {
        driver.close();
    }

    /** Activity was stamped with the time before the select, so a long quiet select looked like an idle connection. */
    @Test
    void bytesThatEndALongSelectCountAsActivityNow() throws IOException {
        TcpOptions options = TcpOptions.builder().idleTimeoutMillis(1000).build();
        TestClient client = driver.connectAccepted(driver.listen(options, handler));
        driver.clock.advanceMillis(999);
        client.send("x");
        driver.turnUntil("data", () -> handler.events.contains("data x"));
        driver.pass(999);
        assertTrue(handler.connection().isOpen());
        driver.pass(1);
        driver.turnUntil("idle close", client::sawEnd);
    }

    /** The loop served the last source for ever, since its end waited for there to be none. */
    @Test
    void takesNoNewSourcesOnceItIsEnding() throws IOException {
        List<IOException> failures = new ArrayList<>();
        driver.loop.execute(() -> {
            driver.loop.shutdown(1000);
            // Behind the shutdown in the same queue.
            driver.loop.execute(() -> {
                failures.add(assertThrows(
                        IOException.class, () -> driver.loop.listenTcp(HandDrivenLoop.loopback(0), handler)));
                failures.add(assertThrows(
                        IOException.class,
                        () -> driver.loop.bindUdp(HandDrivenLoop.loopback(0), (socket, from, data) -> {})));
            });
            driver.loop.connectTcp(HandDrivenLoop.loopback(1), TcpOptions.DEFAULT, handler, failures::add);
        });
        driver.turnUntil("three refusals", () -> failures.size() == 3);
        for (IOException failure : failures) {
            assertTrue(failure.getMessage().endsWith("the event loop is shutting down"), failure::getMessage);
        }
    }

    /** A connect that the loop came to only when it had ended was never heard of again. */
    @Test
    void connectThatTheLoopComesToAtItsEndFails() throws Exception {
        List<IOException> failures = new CopyOnWriteArrayList<>();
        try (EventLoop loop = EventLoop.start("ending")) {
            CountDownLatch handedIn = new CountDownLatch(1);
            loop.execute(() -> await(handedIn));
            loop.shutdown(0);
            // More than one turn takes: the loop ends with these in its queue.
            for (int i = 0; i < 2_000; i++) {
                loop.execute(() -> {});
            }
            loop.connectTcp(HandDrivenLoop.loopback(1), TcpOptions.DEFAULT, handler, failures::add);
            handedIn.countDown();
        }
        assertEquals(
                List.of("connect tcp 127.0.0.1:1: the event loop is shutting down"),
                failures.stream().map(Throwable::getMessage).toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The peer's reset, which the write had met, was taken for its end of stream. */
    @Test
    void writeThatEndsTheConnectionIsNotFollowedByARead() throws IOException {
        TcpOptions options = TcpOptions.builder().readWhenFull(true).build();
        TestClient client = driver.connectAccepted(driver.listen(options, handler));
        driver.platform.writeChunk = 0;
        handler.connection().send(ByteBuffer.wrap(new byte[10]));
        driver.turns(2);
        client.send("x");
        driver.platform.writeFailure = new IOException("Connection reset by peer");
        driver.turnUntil("end", () -> handler.count("close NETWORK_ERROR") == 1);
        assertEquals(0, handler.count("data"));
        assertEquals(0, handler.count("eof"));
    }

    /** It lay in the list, and nothing was to come that would have had it written. */
    @Test
    void whatOnCloseSendsToAnotherIsWrittenInTheSameTurn() throws IOException {
        Reply gone = Reply.of("gone");
        TcpConnection[] stays = {null};
        boolean[] told = {false};
        TcpHandler chat = new TcpHandler() {
            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {
                stays[0] = connection;
            }

            @Override
            public void onClose(TcpConnection connection, CloseReason reason) {
                if (connection != stays[0]) {
                    told[0] = stays[0].send(gone);
                }
            }
        };
        TcpListener listener = driver.listen(chat);
        driver.connectAccepted(listener).send("x");
        driver.turnUntil("data", () -> stays[0] != null);
        driver.connectAccepted(listener).finish();
        driver.turnUntil("onClose", () -> told[0]);
        assertEquals(1, driver.counted(Counter.WRITES));
    }

    /** A handler that sends in answer to onWritable, in a batch that is being written. */
    @Test
    void sendingFromOnWritableKeepsTheStreamWhole() throws IOException {
        Reply reply = Reply.of("0123456789");
        int[] rounds = {0};
        TcpHandler chatty = new TcpHandler() {
            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {
                connection.send(reply, 5);
            }

            @Override
            public void onWritable(TcpConnection connection) {
                if (rounds[0]++ < 10) {
                    connection.send(reply, 5);
                }
            }
        };
        driver.platform.writeChunk = 7;
        TestClient client = driver.open(chatty, SMALL_MARK);
        client.send("x");
        driver.turnUntil("all rounds", () -> client.receivedCount() == 11 * 50);
        assertEquals("0123456789".repeat(55), client.received());
    }

    /** The list was flushed until it was empty, and each of these put the other one in again. */
    @Test
    void twoThatAnswerOnWritableBySendingToEachOtherDoNotHoldTheLoop() throws IOException {
        Reply reply = Reply.of("0123456789");
        List<TcpConnection> pair = new ArrayList<>();
        int[] told = {0};
        TcpHandler pingPong = new TcpHandler() {
            @Override
            public void onOpen(TcpConnection connection) {
                pair.add(connection);
            }

            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {
                connection.send(reply, 5);
            }

            @Override
            public void onWritable(TcpConnection connection) {
                if (++told[0] < 100) {
                    pair.get(1 - pair.indexOf(connection)).send(reply, 5);
                }
            }
        };
        TcpListener listener = driver.listen(SMALL_MARK, pingPong);
        TestClient client = driver.connectAccepted(listener);
        driver.connectAccepted(listener);
        client.send("x");
        driver.turnUntil("the first", () -> told[0] > 0);
        assertEquals(1, told[0]);
        driver.turn();
        assertEquals(2, told[0]);
    }

    /** What was sent from onWritable counted as refused by the kernel, and so reading stopped, again and again. */
    @Test
    void readsFromAPeerThatTakesWhatOnWritableSends() throws IOException {
        Reply reply = Reply.of("0123456789");
        Chargen chargen = new Chargen(connection -> connection.send(reply, 5));
        TestClient client = driver.open(chargen, SMALL_MARK);
        driver.turns(10);
        client.send("stop");
        driver.turnUntil("stop", () -> chargen.stopped);
        assertEquals(0, driver.counted(Counter.READ_PAUSES));
    }

    /** A pause of reading ended and began again within one turn, so the selector was never asked for what had come. */
    @Test
    void readsBetweenTwoPausesFromAPeerThatFallsBehind() throws IOException {
        Chargen chargen = new Chargen(connection -> connection.send(ByteBuffer.wrap(new byte[50])));
        driver.platform.writeChunk = 7;
        TestClient client = driver.open(chargen, SMALL_MARK);
        driver.turns(20);
        client.send("stop");
        driver.turnUntil("stop", () -> chargen.stopped);
        assertTrue(driver.counted(Counter.READ_PAUSES) > 1);
    }

    /** Only a write looked at whether reading was to stop, and the kernel took none any more. */
    @Test
    void stopsReadingWhenRepliesPassTheMarkWhileTheKernelTakesNone() throws IOException {
        Reply reply = Reply.of("0".repeat(10_000));
        TcpListener listener = driver.listen((connection, data) -> connection.send(reply));
        TestClient client = driver.keep(new TestClient(listener.localAddress(), 4096));
        // Far more than the socket buffers of both sides take.
        for (int i = 0; i < 5_000 && driver.counted(Counter.READ_PAUSES) == 0; i++) {
            int count = i + 1;
            client.send("x");
            driver.turnUntil("read", () -> driver.counted(Counter.BYTES_READ) == count);
        }
        assertEquals(1, driver.counted(Counter.READ_PAUSES));
    }

    /** The order that one handler gave the loop's buffer was that of all. */
    @Test
    void givesEachHandlerABigEndianBuffer() throws IOException {
        List<ByteOrder> orders = new ArrayList<>();
        TestClient client = driver.open((connection, data) -> {
            orders.add(data.order());
            data.order(ByteOrder.LITTLE_ENDIAN);
        });
        for (int i = 1; i <= 2; i++) {
            int count = i;
            client.send("x");
            driver.turnUntil("data", () -> orders.size() == count);
        }
        assertEquals(List.of(ByteOrder.BIG_ENDIAN, ByteOrder.BIG_ENDIAN), orders);
    }

    /** Always has more to send. */
    private static final class Chargen implements TcpHandler {
        private final Consumer<TcpConnection> sendMore;
        boolean stopped;

        Chargen(Consumer<TcpConnection> sendMore) {
            this.sendMore = sendMore;
        }

        @Override
        public void onOpen(TcpConnection connection) {
            sendMore.accept(connection);
        }

        @Override
        public void onWritable(TcpConnection connection) {
            sendMore.accept(connection);
        }

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {
            stopped = true;
        }
    }
}
