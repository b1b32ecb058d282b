package io.oneloop.client.load;

import io.oneloop.EventLoop;
import io.oneloop.Reply;
import io.oneloop.TcpHandler;
import io.oneloop.UdpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A server on a free port of the loopback, with the handler that a test needs. */
final class StubServer implements AutoCloseable {

    static final Reply REPLY = Reply.of("hahahahah----ok---");

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private final EventLoop loop;
    private final int port;

    private StubServer(EventLoop loop, int port) {
        this.loop = loop;
        this.port = port;
    }

    /** Answers each read once, as oneloop's server does by default. */
    static StubServer replying() throws IOException {
        return tcp((connection, data) -> connection.send(REPLY));
    }

    static StubServer tcp(TcpHandler handler) throws IOException {
        EventLoop loop = EventLoop.start("stub", (context, error) -> {});
        return new StubServer(
                loop, loop.listenTcp(ANY_PORT, handler).localAddress().getPort());
    }

    static StubServer udp(UdpHandler handler) throws IOException {
        EventLoop loop = EventLoop.start("stub", (context, error) -> {});
        return new StubServer(
                loop, loop.bindUdp(ANY_PORT, handler).localAddress().getPort());
    }

    int port() {
        return port;
    }

    EventLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.shutdown(0);
        loop.close();
    }
}
