package io.oneloop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The peer in a test: a plain socket that never waits, so that one thread can play both sides. */
final class TestClient implements AutoCloseable {

    final SocketChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean finished;
    private IOException failure;

    TestClient(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /** @param receiveBufferBytes 0 for the system's default */
    TestClient(InetSocketAddress server, int receiveBufferBytes) throws IOException {
        channel = SocketChannel.open();
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        channel.connect(server);
        channel.configureBlocking(false);
    }

    TestClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Few enough bytes for the socket buffers; more is a fault of the test. */
    TestClient send(byte[] bytes) throws IOException {
        int written = channel.write(ByteBuffer.wrap(bytes));
        if (written != bytes.length) {
            throw new AssertionError("the kernel took " + written + " of " + bytes.length + " bytes");
        }
        return this;
    }

    TestClient finish() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** Takes what has come so far. */
    private void poll() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            int n;
            while (failure == null && !finished && (n = channel.read(buffer.clear())) != 0) {
                finished = n < 0;
                received.write(buffer.array(), 0, Math.max(n, 0));
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    byte[] receivedBytes() {
        poll();
        return received.toByteArray();
    }

    int receivedCount() {
        poll();
        return received.size();
    }

    String received() {
        return new String(receivedBytes(), StandardCharsets.UTF_8);
    }

    /** {@return whether the server's end of stream has come} */
    boolean sawEnd() {
        poll();
        return finished;
    }

    boolean sawReset() {
        poll();
        return failure != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
