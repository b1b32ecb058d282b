package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A plain blocking client of the responder. Whoever uses it bounds it by a JUnit timeout, whose interrupt ends it. */
final class Client implements AutoCloseable {

    static final byte[] REPLY = ServerSettings.DEFAULT_REPLY.getBytes(StandardCharsets.UTF_8);

    private static final int HEALTHY_LIMIT_MILLIS = 60_000;

    final SocketChannel channel;

    Client(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /** @param receiveBufferBytes 0 for the system's default */
    Client(InetSocketAddress server, int receiveBufferBytes) throws IOException {
        channel = SocketChannel.open();
        try {
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.connect(server);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Asserts that a client which comes now is answered, with the reply and then the end of the stream. */
    static void assertAnswered(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(HEALTHY_LIMIT_MILLIS);
            socket.connect(server, HEALTHY_LIMIT_MILLIS);
            socket.getOutputStream().write('\n');
            socket.shutdownOutput();
            assertArrayEquals(REPLY, socket.getInputStream().readAllBytes());
        }
    }

    Client send(int bytes) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(bytes);
        while (data.hasRemaining()) {
            channel.write(data);
        }
        return this;
    }

    /** Reads exactly one reply. */
    Client expectReply() throws IOException {
        int got = readReply();
        if (got < REPLY.length) {
            throw new EOFException("the server closed after " + got + " bytes of a reply");
        }
        return this;
    }

    /** {@return the bytes that came of one reply: fewer than its length only at the end of the stream} */
    int readReply() throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(REPLY.length);
        while (reply.hasRemaining() && channel.read(reply) >= 0) {
            // A part of it; the rest is under way.
        }
        assertArrayEquals(Arrays.copyOf(REPLY, reply.position()), Arrays.copyOf(reply.array(), reply.position()));
        return reply.position();
    }

    /** {@return how many bytes of replies come until the end of the stream} They must be whole replies. */
    long readToEnd() throws IOException {
        Cut end = readToCut();
        if (end.byReset()) {
            throw new EOFException("reset after " + end.bytes() + " bytes");
        }
        assertEquals(0, end.bytes() % REPLY.length, () -> "the last reply is torn: " + end.bytes() + " bytes");
        return end.bytes();
    }

    /** @param bytes what came of the replies */
    record Cut(long bytes, boolean byReset) {}

    /** Reads replies up to wherever the stream ends, be it within one. */
    Cut readToCut() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        long total = 0;
        try {
            while (channel.read(buffer.clear()) >= 0) {
                for (int i = 0; i < buffer.position(); i++) {
                    assertEquals(REPLY[(int) (total++ % REPLY.length)], buffer.get(i), "byte " + (total - 1));
                }
            }
            return new Cut(total, false);
        } catch (SocketException reset) {
            return new Cut(total, true);
        }
    }

    Client finish() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** Ends the connection with a RST. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
