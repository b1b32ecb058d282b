package io.oneloop.server;

import io.oneloop.CloseReason;
import io.oneloop.EventLoop;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import io.oneloop.TcpListener;
import io.oneloop.TcpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** A bad network between a client and a server, on an event loop of its own: what it does is in a {@link Fault}. */
final class FaultProxy implements AutoCloseable {

    /**
     * What happens to each direction of each connection; the replies alone are cut.
     *
     * @param delayMillis how long every byte takes
     * @param sliceBytes the most bytes that arrive at once
     * @param bytesPerSecond how fast they follow each other, 0 for no limit
     * @param slowCloseMillis how much later than the last byte an end of stream comes
     * @param lastByte the byte of the replies after which the connection ends, by a reset to the server; 0 for none
     * @param reset whether the client, too, sees a reset and not an end of stream
     */
    record Fault(
            int delayMillis, int sliceBytes, int bytesPerSecond, int slowCloseMillis, int lastByte, boolean reset) {

        static final Fault NONE = new Fault(0, 64 * 1024, 0, 0, 0, false);

        Fault delay(int millis) {
            return new Fault(millis, sliceBytes, bytesPerSecond, slowCloseMillis, lastByte, reset);
        }

        Fault slices(int bytes) {
            return new Fault(delayMillis, bytes, bytesPerSecond, slowCloseMillis, lastByte, reset);
        }

        Fault bandwidth(int limit) {
            return new Fault(delayMillis, sliceBytes, limit, slowCloseMillis, lastByte, reset);
        }

        Fault slowClose(int millis) {
            return new Fault(delayMillis, sliceBytes, bytesPerSecond, millis, lastByte, reset);
        }

        Fault truncateAfter(int bytes) {
            return new Fault(delayMillis, sliceBytes, bytesPerSecond, slowCloseMillis, bytes, false);
        }

        Fault resetAfter(int bytes) {
            return new Fault(delayMillis, sliceBytes, bytesPerSecond, slowCloseMillis, bytes, true);
        }
    }

    private final EventLoop loop = EventLoop.start("fault-proxy");
    private final InetSocketAddress server;
    private final Fault fault;
    private final TcpListener listener;

    FaultProxy(InetSocketAddress server, Fault fault) throws IOException {
        this.server = server;
        this.fault = fault;
        listener = loop.listenTcp(new InetSocketAddress(ServerJar.LOOPBACK, 0), new ClientSide());
    }

    InetSocketAddress address() {
        return listener.localAddress();
    }

    @Override
    public void close() {
        loop.shutdown(0);
        loop.close();
    }

    /** One direction: bytes come from one connection, and go to the other when their time has come. */
    private final class Pipe {
        private final TcpConnection from;
        private final TcpConnection to;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private final int lastByte;
        private long lastDueNanos = System.nanoTime();
        private int taken;
        private int passed;

        /** @param lastByte 0 for none */
        Pipe(TcpConnection from, TcpConnection to, int lastByte) {
            this.from = from;
            this.to = to;
            this.lastByte = lastByte;
        }

        void take(ByteBuffer data) {
            if (lastByte > 0) {
                // Nothing beyond is ever read, so a server with more to say than a socket holds has it pending.
                data.limit(Math.min(data.limit(), lastByte - taken));
                taken += data.limit();
                if (taken == lastByte) {
                    from.pauseReads();
                }
            }
            while (data.hasRemaining()) {
                byte[] slice = new byte[Math.min(data.remaining(), fault.sliceBytes)];
                data.get(slice);
                long pace = fault.bytesPerSecond == 0 ? 0 : slice.length * 1_000_000_000L / fault.bytesPerSecond;
                at(pace, fault.delayMillis, () -> pass(ByteBuffer.wrap(slice)));
            }
        }

        void end() {
            at(0, fault.delayMillis + fault.slowCloseMillis, to::shutdownOutput);
        }

        /** Never before what was taken earlier: each timer runs the first that waits, whichever timer is first. */
        private void at(long paceNanos, int delayMillis, Runnable action) {
            long now = System.nanoTime();
            long soonest = now + TimeUnit.MILLISECONDS.toNanos(delayMillis);
            lastDueNanos = Math.max(lastDueNanos + paceNanos, soonest);
            waiting.add(action);
            loop.after(lastDueNanos - now, TimeUnit.NANOSECONDS, () -> waiting.remove()
                    .run());
        }

        private void pass(ByteBuffer slice) {
            passed += slice.remaining();
            to.send(slice);
            if (passed == lastByte) {
                from.abort();
                if (fault.reset) {
                    to.abort();
                } else {
                    to.close();
                }
            }
        }
    }

    /** Ends of stream pass like bytes; a connection that breaks breaks the other. */
    private abstract static class Side implements TcpHandler {
        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {
            ((Pipe) connection.attachment()).take(data);
        }

        @Override
        public void onEof(TcpConnection connection) {
            ((Pipe) connection.attachment()).end();
        }

        @Override
        public void onClose(TcpConnection connection, CloseReason reason) {
            if (connection.attachment() instanceof Pipe pipe && reason == CloseReason.NETWORK_ERROR) {
                pipe.to.abort();
            }
        }
    }

    private final class ClientSide extends Side {
        @Override
        public void onOpen(TcpConnection client) {
            client.pauseReads();
            loop.connectTcp(server, TcpOptions.DEFAULT, new ServerSide(client), failure -> client.abort());
        }
    }

    private final class ServerSide extends Side {
        private final TcpConnection client;

        ServerSide(TcpConnection client) {
            this.client = client;
        }

        @Override
        public void onOpen(TcpConnection connection) {
            client.attach(new Pipe(client, connection, 0));
            connection.attach(new Pipe(connection, client, fault.lastByte));
            client.resumeReads();
        }
    }
}
