package io.oneloop;

import static io.oneloop.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a client needs of the loop that a server does not. */
class ClientSideTest {

    private static final int BYTES = 32 * 1024 * 1024;

    @Test
    void streamsThroughAnEchoServerWhenItReadsWhileFull() throws Exception {
        AtomicLong received = new AtomicLong();
        try (EventLoop server = EventLoop.start("server");
                EventLoop client = EventLoop.start("client")) {
            TcpListener listener = server.listenTcp(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    (connection, data) -> connection.send(data));
            TcpOptions options = TcpOptions.builder().readWhenFull(true).build();
            client.connectTcp(listener.localAddress(), options, new Streamer(received), e -> {});
            await().until(() -> received.get() == BYTES);
        }
    }

    /** Sends as fast as the connection takes it. */
    private static final class Streamer implements TcpHandler {
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(32 * 1024);
        private final AtomicLong received;
        private int sent;

        Streamer(AtomicLong received) {
            this.received = received;
        }

        @Override
        public void onOpen(TcpConnection connection) {
            onWritable(connection);
        }

        @Override
        public void onWritable(TcpConnection connection) {
            boolean goOn = true;
            while (goOn && sent < BYTES) {
                sent += chunk.remaining();
                goOn = connection.send(chunk);
            }
        }

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {
            received.addAndGet(data.remaining());
        }
    }

    @Test
    void reportsAnUnreachablePortThatASendWasToldOf() throws Exception {
        InetSocketAddress nobody = HandDrivenLoop.loopback(1);
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        try (EventLoop loop = EventLoop.start("client")) {
            UdpSocket socket = loop.connectUdp(nobody, UdpOptions.DEFAULT, new UdpHandler() {
                @Override
                public void onDatagram(UdpSocket socket, InetSocketAddress from, ByteBuffer data) {}

                @Override
                public void onError(UdpSocket socket, IOException error) {
                    errors.add(error);
                }
            });
            AtomicLong sent = new AtomicLong();
            // In one turn: it is a send, not a select, that is told what became of an earlier datagram.
            loop.execute(() -> {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (loop.stats().dropped(DropReason.RECEIVE_ERROR) == 0 && System.nanoTime() - end < 0) {
                    sent.addAndGet(socket.send(ByteBuffer.allocateDirect(1)) ? 1 : 0);
                }
            });
            await().until(() -> !errors.isEmpty());
            errors.forEach(error -> assertEquals(PortUnreachableException.class, error.getClass()));
            assertTrue(sent.get() > 1);
            assertEquals(sent.get(), loop.stats().get(LoopStats.Counter.DATAGRAMS_SENT));
        }
    }

    @Test
    void doesNotClaimToHaveSentWhatTheJdkDoesNot() throws Exception {
        try (EventLoop loop = EventLoop.start("client");
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            UdpSocket socket = loop.connectUdp(
                    (InetSocketAddress) peer.getLocalSocketAddress(), UdpOptions.DEFAULT, (from, to, data) -> {});
            CompletableFuture<Boolean> sent = new CompletableFuture<>();
            loop.execute(() -> sent.complete(socket.send(ByteBuffer.allocateDirect(0))));
            assertFalse(sent.get(60, TimeUnit.SECONDS));
            assertEquals(1, loop.stats().dropped(DropReason.SEND_REFUSED));
        }
    }
}
