package io.oneloop.client;

import static io.oneloop.client.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.CloseReason;
import io.oneloop.EventLoop;
import io.oneloop.LoopStats.Counter;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import io.oneloop.TcpListener;
import io.oneloop.TcpOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpSessionTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final TcpSession.Rules RULES = new TcpSession.Rules(true, false, Duration.ZERO);

    private final EventLoop server = EventLoop.start("server");
    private final EventLoop loop = EventLoop.start("client");
    private final Messages messages = Messages.in(Language.EN);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @AfterEach
    void endLoops() {
        loop.shutdown(0);
        server.shutdown(0);
        loop.close();
        server.close();
    }

    private TcpSession session(OutputStream out, TcpSession.Rules rules) {
        Output output = new Output(new RawScreen(out, new PrintStream(shown, true, StandardCharsets.UTF_8)));
        return new TcpSession(loop, output, messages, Narrator.silent(messages), rules);
    }

    private static Outcome outcome(TcpSession session) throws Exception {
        return session.outcome().get(60, TimeUnit.SECONDS);
    }

    @Test
    void triesTheNextAddressWhenOneFails() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        TcpListener listener = server.listenTcp(ANY, (connection, data) -> connection.send(data));
        TcpSession session = session(shown, RULES);
        session.connect(List.of(nobody, listener.localAddress()), TcpOptions.DEFAULT);
        assertTrue(session.awaitOpen());
        assertTrue(session.send(new byte[] {'x'}));
        session.end();
        assertEquals(Outcome.ANSWERED, outcome(session));
    }

    @Test
    void tellsOfTheLastAddressWhenAllFail() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        TcpSession session = session(shown, RULES);
        session.connect(List.of(nobody, nobody), TcpOptions.DEFAULT);
        assertFalse(session.awaitOpen());
        assertEquals(ExitCode.NETWORK_FAILURE, outcome(session).exitCode());
        assertFalse(session.send(new byte[] {'x'}));
    }

    @Test
    void keepsTheInputWaitingWhileThePeerDoesNotRead() throws Exception {
        TcpListener listener = server.listenTcp(ANY, new TcpHandler() {
            @Override
            public void onOpen(TcpConnection connection) {
                connection.pauseReads();
            }

            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {}
        });
        TcpSession session = session(shown, RULES);
        session.connect(List.of(listener.localAddress()), TcpOptions.DEFAULT);
        assertTrue(session.awaitOpen());
        CompletableFuture<Boolean> blocked = new CompletableFuture<>();
        Thread input = new Thread(() -> {
            try {
                boolean open = true;
                while (open) {
                    open = session.send(new byte[32 * 1024]);
                }
                blocked.complete(false);
            } catch (InterruptedException e) {
                blocked.complete(true);
            }
        });
        input.start();
        await().until(() -> input.getState() == Thread.State.WAITING);
        await().during(Duration.ofMillis(200)).until(() -> input.getState() == Thread.State.WAITING);
        input.interrupt();
        assertTrue(blocked.get(60, TimeUnit.SECONDS));
    }

    @Test
    void doesNotReadThePeerWhileTheOutputIsBehind() throws Exception {
        long total = 64L * Output.LIMIT_BYTES;
        CountDownLatch mayWrite = new CountDownLatch(1);
        CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        TcpListener listener = server.listenTcp(ANY, new Flood(total, closed));
        long[] written = new long[1];
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    mayWrite.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written[0] += length;
            }
        };
        TcpSession session = session(slow, RULES);
        session.connect(List.of(listener.localAddress()), TcpOptions.DEFAULT);
        session.awaitOpen();
        await().until(() -> loop.stats().get(Counter.BYTES_READ) > Output.LIMIT_BYTES);
        assertFalse(closed.isDone());
        assertTrue(loop.stats().get(Counter.BYTES_READ) < total / 2);
        mayWrite.countDown();
        session.end();
        assertEquals(Outcome.ANSWERED, outcome(session));
        await().until(() -> written[0] == total);
    }

    /** Sends so many bytes as fast as it can, then finishes. */
    private static final class Flood implements TcpHandler {
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(64 * 1024);
        private final CompletableFuture<CloseReason> closed;
        private long left;

        Flood(long total, CompletableFuture<CloseReason> closed) {
            left = total;
            this.closed = closed;
        }

        @Override
        public void onOpen(TcpConnection connection) {
            onWritable(connection);
        }

        @Override
        public void onWritable(TcpConnection connection) {
            boolean goOn = true;
            while (goOn && left > 0) {
                left -= chunk.remaining();
                goOn = connection.send(chunk);
            }
            if (left == 0) {
                connection.close();
            }
        }

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {}

        /** Goes on: that the client has nothing more to say does not mean that it wants no more. */
        @Override
        public void onEof(TcpConnection connection) {}

        @Override
        public void onClose(TcpConnection connection, CloseReason reason) {
            closed.complete(reason);
        }
    }
}
