package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceAddressTest {

    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.7", 0);

    @Test
    void connectsTcpFromTheGivenAddress() throws Exception {
        CompletableFuture<InetAddress> seen = new CompletableFuture<>();
        try (EventLoop loop = EventLoop.start("source-tcp")) {
            TcpListener listener = loop.listenTcp(new InetSocketAddress("127.0.0.1", 0), new TcpHandler() {
                @Override
                public void onOpen(TcpConnection connection) {
                    seen.complete(connection.remoteAddress().getAddress());
                }

                @Override
                public void onData(TcpConnection connection, ByteBuffer data) {}
            });
            loop.connectTcp(
                    LOCAL,
                    listener.localAddress(),
                    TcpOptions.DEFAULT,
                    (connection, data) -> {},
                    seen::completeExceptionally);
            assertEquals(LOCAL.getAddress(), seen.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void connectsUdpFromTheGivenAddress() throws Exception {
        CompletableFuture<InetAddress> seen = new CompletableFuture<>();
        try (EventLoop loop = EventLoop.start("source-udp")) {
            UdpSocket server = loop.bindUdp(
                    new InetSocketAddress("127.0.0.1", 0), (socket, from, data) -> seen.complete(from.getAddress()));
            UdpSocket client =
                    loop.connectUdp(LOCAL, server.localAddress(), UdpOptions.DEFAULT, (socket, from, data) -> {});
            loop.execute(() -> client.send(ByteBuffer.allocateDirect(1)));
            assertEquals(LOCAL.getAddress(), seen.get(60, TimeUnit.SECONDS));
        }
    }
}
