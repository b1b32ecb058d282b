package io.oneloop;

import static io.oneloop.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The eight contracts of the loop, one test or more for each; of the second, most is in {@link ThreadRuleTest}. */
class ContractsTest {

    private static final int CLIENTS = 50;
    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    @Test
    void contract1AllCallbacksOfOneLoopRunOnOneThreadAndNeverOverlap() throws Exception {
        Set<Thread> threads = new HashSet<>();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        Runnable callback = () -> {
            overlaps.addAndGet(running.getAndIncrement());
            threads.add(Thread.currentThread());
            ran.incrementAndGet();
            running.getAndDecrement();
        };
        try (EventLoop loop = EventLoop.start("contract-1")) {
            List<Thread> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread other = new Thread(() -> {
                    for (int task = 0; task < 1000; task++) {
                        loop.execute(callback);
                    }
                });
                other.start();
                others.add(other);
            }
            loop.execute(() -> loop.after(0, TimeUnit.MILLISECONDS, callback));
            others.add(sendToHandlersOf(loop, callback));
            for (Thread other : others) {
                other.join();
            }
            await().until(() -> ran.get() == 4001 + 2 * CLIENTS);
        }
        assertEquals(0, overlaps.get());
        assertEquals(1, threads.size());
        assertEquals("contract-1", threads.iterator().next().getName());
    }

    /** So many connections and datagrams, each of which calls {@code callback} in its handler. */
    private static Thread sendToHandlersOf(EventLoop loop, Runnable callback) throws IOException {
        InetSocketAddress any = HandDrivenLoop.loopback(0);
        InetSocketAddress tcp =
                loop.listenTcp(any, (connection, data) -> callback.run()).localAddress();
        InetSocketAddress udp =
                loop.bindUdp(any, (socket, from, data) -> callback.run()).localAddress();
        Thread sender = new Thread(() -> {
            for (int i = 0; i < CLIENTS; i++) {
                try (Socket client = new Socket(tcp.getAddress(), tcp.getPort());
                        DatagramSocket datagrams = new DatagramSocket()) {
                    client.getOutputStream().write('x');
                    datagrams.send(new DatagramPacket(new byte[1], 1, udp));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        sender.start();
        return sender;
    }

    @Test
    void contract2ExecuteIsTheDoorFromOutside() throws Exception {
        try (EventLoop loop = EventLoop.start("contract-2")) {
            CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
            loop.execute(() -> inLoop.complete(loop.inLoop()));
            assertTrue(inLoop.get(60, TimeUnit.SECONDS));
            assertFalse(loop.inLoop());
        }
    }

    @Test
    void contract3SendCopiesWhatTheKernelRefusesSoThatTheBufferIsTheCallersAgain() throws IOException {
        TestClient client = driver.open(handler, TcpOptions.DEFAULT);
        driver.platform.writeChunk = 2;
        byte[] data = "hello".getBytes(StandardCharsets.US_ASCII);
        handler.connection().send(ByteBuffer.wrap(data));
        Arrays.fill(data, (byte) 'X');
        driver.turnUntil("bytes", () -> client.received().equals("hello"));
    }

    @Test
    void contract3PausesReadsWhenQueueIsFullUntilItDrains() throws IOException {
        TestClient client =
                driver.open(handler, TcpOptions.builder().highWaterBytes(20).build());
        handler.onData((connection, data) -> connection.send(REPLY, 2));
        driver.platform.writeChunk = 0;
        client.send("1");
        driver.turnUntil("first", () -> handler.count("data") == 1);
        driver.turns(2);
        client.send("2");
        driver.turns(20);
        assertEquals(1, handler.count("data"));
        assertEquals(1, driver.loop.stats().get(Counter.READ_PAUSES));
        driver.platform.writeChunk = 100;
        driver.turnUntil("second", () -> handler.count("data 2") == 1);
        driver.turnUntil("replies", () -> client.receivedCount() == 72);
    }

    @Test
    void contract4OnCloseRunsOnceHoweverOftenConnectionIsClosed() throws IOException {
        TestClient client = driver.open(handler, TcpOptions.DEFAULT);
        TcpConnection connection = handler.connection();
        connection.close();
        connection.close();
        connection.abort();
        connection.abort();
        connection.close();
        client.close();
        driver.turns(5);
        assertEquals(List.of("open", "close ABORTED"), handler.events);
        assertEquals(1, driver.loop.stats().closed());
        assertEquals(0, driver.loop.stats().open());
    }

    @Test
    void contract4CloseFlushesAndAbortDoesNot() throws IOException {
        TcpListener listener = driver.listen(handler);
        TestClient closed = driver.connectAccepted(listener);
        TcpConnection first = handler.connection();
        TestClient aborted = driver.connectAccepted(listener);
        TcpConnection second = handler.connection();
        first.send(REPLY);
        second.send(REPLY);
        first.close();
        second.abort();
        driver.turnUntil("both", () -> closed.sawEnd() && aborted.sawReset());
        assertEquals("hahahahah----ok---", closed.received());
        assertEquals("", aborted.received());
    }

    @Test
    void contract5EndOfStreamFlushesPendingRepliesThenCloses() throws IOException {
        handler.onData((connection, data) -> connection.send(REPLY, 10));
        TestClient client = driver.open(handler, TcpOptions.DEFAULT);
        driver.platform.writeChunk = 7;
        client.send("x").finish();
        driver.turnUntil("end", client::sawEnd);
        assertEquals("hahahahah----ok---".repeat(10), client.received());
        driver.turnUntilEvents(handler, "open", "data x", "eof", "close PEER_FINISHED");
    }

    @Test
    void contract5ReadOfZeroBytesIsOnlySpuriousWakeup() throws IOException {
        TestClient client = driver.open(handler, TcpOptions.DEFAULT);
        driver.platform.emptyReads = 3;
        client.send("x");
        driver.turnUntilEvents(handler, "open", "data x");
        assertEquals(0, driver.platform.emptyReads);
    }

    @Test
    void contract5ZeroLengthDatagramIsDatagram() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        UdpSocket socket = driver.loop.bindUdp(HandDrivenLoop.loopback(0), (s, from, data) -> {
            sizes.add(data.remaining());
            s.send(from, data);
        });
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(60_000);
            client.send(new DatagramPacket(new byte[0], 0, socket.localAddress()));
            driver.turnUntil("datagram", () -> sizes.equals(List.of(0)));
            DatagramPacket answer = new DatagramPacket(new byte[1], 1);
            client.receive(answer);
            assertEquals(0, answer.getLength());
        }
    }

    @Test
    void contract6WhateverHandlerThrowsEndsItsConnectionAndNoOther() throws IOException {
        for (String callback : List.of("open", "data", "eof", "writable", "close")) {
            RecordingHandler faulty = new RecordingHandler();
            if (callback.equals("data")) {
                faulty.onData((connection, data) -> {
                    throw new NoClassDefFoundError("for the test");
                });
            } else {
                faulty.onData((connection, data) -> connection.send(REPLY, 2));
                faulty.on(callback, connection -> {
                    throw new NoClassDefFoundError("for the test");
                });
            }
            TestClient client = driver.connectAccepted(
                    driver.listen(TcpOptions.builder().highWaterBytes(20).build(), faulty));
            client.send("x").finish();
            driver.turnUntil("close after " + callback, () -> faulty.count("close") == 1);
        }
        assertEquals(5, driver.errors.size());
        assertEquals(5, driver.loop.stats().get(Counter.CALLBACK_ERRORS));
        assertEquals(4, driver.loop.stats().closed(CloseReason.HANDLER_ERROR));
        TestClient healthy = driver.open(handler, TcpOptions.DEFAULT);
        healthy.send("still served");
        driver.turnUntilEvents(handler, "open", "data still served");
    }

    @Test
    void contract6TasksTimersAndObserversThatThrowDoNotEndTheLoop() throws Exception {
        LoopObserver broken = (context, error) -> {
            throw new IllegalStateException("observer");
        };
        try (EventLoop loop = EventLoop.start("contract-6", broken)) {
            CompletableFuture<String> alive = new CompletableFuture<>();
            loop.execute(() -> {
                loop.after(0, TimeUnit.NANOSECONDS, () -> {
                    loop.execute(() -> alive.complete("alive"));
                    throw new IllegalStateException("timer");
                });
                throw new NoClassDefFoundError("task");
            });
            assertEquals("alive", alive.get(60, TimeUnit.SECONDS));
            assertEquals(2, loop.stats().get(Counter.CALLBACK_ERRORS));
        }
    }

    @Test
    void contract7OneBusyPeerGetsOneReadPerTurn() throws IOException {
        TcpListener listener = driver.listen(handler);
        TestClient busy = driver.connectAccepted(listener);
        TestClient modest = driver.connectAccepted(listener);
        driver.platform.readChunk = 1;
        busy.send("b".repeat(50));
        modest.send("m");
        long most = driver.turnUntilCounted(Counter.READS, 51);
        assertEquals(50, handler.count("data b"));
        assertEquals(1, handler.count("data m"));
        assertTrue(most <= 2, () -> most + " reads of two connections in one turn");
    }

    @Test
    void contract7TasksThatHandInTasksLetTheOthersThrough() throws IOException {
        TestClient client = driver.open(handler, TcpOptions.DEFAULT);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        boolean[] over = {false};
        Runnable again = new Runnable() {
            @Override
            public void run() {
                if (!over[0] && System.nanoTime() - end < 0) {
                    driver.loop.execute(this);
                } else {
                    over[0] = true;
                }
            }
        };
        driver.loop.execute(again);
        client.send("x");
        driver.turnUntilEvents(handler, "open", "data x");
        assertFalse(over[0]);
        over[0] = true;
    }

    @Test
    void contract8SelectTimeoutRoundsUpAndTimersAreNeverEarlyAcrossTheClocksOverflow() throws IOException {
        try (HandDrivenLoop overflowing = new HandDrivenLoop(Long.MAX_VALUE - 500_000)) {
            AtomicInteger ran = new AtomicInteger();
            assertNotNull(overflowing.loop.after(1_000_001, TimeUnit.NANOSECONDS, ran::incrementAndGet));
            overflowing.turn();
            assertEquals(2, overflowing.platform.lastTimeoutMillis);
            overflowing.clock.advanceNanos(1_000_000);
            overflowing.turn();
            assertEquals(0, ran.get());
            assertEquals(1, overflowing.platform.lastTimeoutMillis);
            overflowing.clock.advanceNanos(1);
            overflowing.turn();
            assertEquals(1, ran.get());
        }
    }

    @Test
    void contract8LoopWithoutTimersWaitsWithoutLimit() {
        driver.turn();
        assertEquals(-1, driver.platform.lastTimeoutMillis);
        assertThrows(IllegalArgumentException.class, () -> driver.loop.every(0, TimeUnit.SECONDS, () -> {}));
    }
}
