package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** A plain sender of datagrams to one server. */
final class DatagramClient implements AutoCloseable {

    static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(60);

    final DatagramChannel channel = DatagramChannel.open();
    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);

    private DatagramClient(InetSocketAddress from, InetSocketAddress server) throws IOException {
        this.server = server;
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.bind(from);
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    }

    static DatagramClient of(String from, String host, int port) throws IOException {
        return new DatagramClient(
                new InetSocketAddress(InetAddress.getByName(from), 0),
                new InetSocketAddress(InetAddress.getByName(host), port));
    }

    static DatagramClient of(ServerJar jar) throws IOException {
        return of("127.0.0.1", "127.0.0.1", jar.udpPort());
    }

    void send(byte[] data) throws IOException {
        assertEquals(data.length, channel.send(ByteBuffer.wrap(data), server));
    }

    void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    /** {@return the next datagram that comes} */
    String receive() throws IOException {
        buffer.clear();
        long start = System.nanoTime();
        while (channel.receive(buffer) == null) {
            if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                throw new IOException("no datagram came");
            }
            selector.select(PATIENCE_MILLIS);
            selector.selectedKeys().clear();
        }
        return UTF_8.decode(buffer.flip()).toString();
    }

    /** {@return how many datagrams have come and were not received yet} All have come if the server has ended. */
    int receiveAll() throws IOException {
        int count = 0;
        while (channel.receive(buffer.clear()) != null) {
            count++;
        }
        return count;
    }

    /**
     * Sends what the server certainly answers, and waits for that: a socket's datagrams are received in order, so all that
     * was sent before has been looked at.
     */
    void assertAnswered() throws IOException {
        send("x".repeat(64));
        receive();
    }

    InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
