package io.oneloop.server.counts;

import io.oneloop.EventLoop;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import io.oneloop.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients that each send their next request when the answer is there. */
final class ClosedLoop implements AutoCloseable {

    static final int REPLY_BYTES = 18;

    private static final long LIMIT_MINUTES = 10;
    private static final ByteBuffer REQUEST =
            ByteBuffer.wrap("one request of 27 bytes ...\n".getBytes(StandardCharsets.US_ASCII));

    private final EventLoop loop = EventLoop.start("clients");
    private final List<TcpConnection> connections = new ArrayList<>();
    private final List<UdpSocket> sockets = new ArrayList<>();
    private int turn = -1;
    private long toSend;
    private long toReceive;
    private long surplus;
    private CompletableFuture<Void> done;

    /** Opens connections, and waits until they are open. */
    void connect(InetSocketAddress server, int count) throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(count);
        TcpHandler handler = new TcpHandler() {
            @Override
            public void onOpen(TcpConnection connection) {
                connections.add(connection);
                opened.countDown();
            }

            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {
                surplus += data.remaining();
                for (; surplus >= REPLY_BYTES; surplus -= REPLY_BYTES) {
                    answered(() -> connection.send(REQUEST));
                }
            }
        };
        for (int i = 0; i < count; i++) {
            loop.connectTcp(server, TcpOptions.DEFAULT, handler, failure -> done.completeExceptionally(failure));
        }
        if (!opened.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(opened.getCount() + " of " + count + " connections did not open");
        }
    }

    /** Opens sockets that each send from an address of their own. */
    void bind(InetSocketAddress server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            sockets.add(loop.connectUdp(
                    server,
                    UdpOptions.DEFAULT,
                    (socket, from, data) -> answered(() -> sender(socket).send(REQUEST))));
        }
    }

    private UdpSocket sender(UdpSocket answered) {
        if (turn < 0) {
            return answered;
        }
        turn = (turn + 1) % sockets.size();
        return sockets.get(turn);
    }

    /** Sends so many requests over all connections, or sockets, and waits for the answers. */
    void run(long requests, int inFlight) throws Exception {
        run(requests, () -> {
            for (int i = 0; i < inFlight; i++) {
                connections.forEach(connection -> next(() -> connection.send(REQUEST)));
                sockets.forEach(socket -> next(() -> socket.send(REQUEST)));
            }
        });
    }

    /** Sends so many datagrams, each when the last one is answered and from the next socket, so never twice from one. */
    void runInTurn(long requests) throws Exception {
        run(requests, () -> {
            turn = 0;
            next(() -> sockets.get(0).send(REQUEST));
        });
    }

    private void run(long requests, Runnable begin) throws Exception {
        CompletableFuture<Void> all = new CompletableFuture<>();
        loop.execute(() -> {
            done = all;
            toSend = requests;
            toReceive = requests;
            begin.run();
        });
        all.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    }

    private void answered(Runnable sendNext) {
        if (--toReceive == 0) {
            done.complete(null);
        }
        next(sendNext);
    }

    private void next(Runnable send) {
        if (toSend > 0) {
            toSend--;
            send.run();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
