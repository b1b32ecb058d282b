package io.oneloop.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * What this system calls an error, in its own language: the JDK passes the words of strerror(3) on, which follow the
 * locale, and often nothing else tells one errno from another. They are learned by failing on purpose, once.
 *
 * @param refused of ECONNREFUSED; each is null if it could not be learned
 * @param unreachable of ENETUNREACH
 * @param reset of ECONNRESET
 * @param brokenPipe of EPIPE
 * @param denied of EACCES
 */
record SystemWords(String refused, String unreachable, String reset, String brokenPipe, String denied) {

    private interface Attempt {
        void make() throws IOException;
    }

    private static final int NOBODY_LISTENS = 1;
    private static final SystemWords UNKNOWN = new SystemWords(null, null, null, null, null);

    /** Learned at the first error: who has none needs no words. */
    private static volatile SystemWords here;

    /** {@return the words of this system} */
    static SystemWords here() {
        SystemWords words = here;
        if (words == null) {
            words = learn();
            here = words == UNKNOWN ? null : words;
        }
        return words;
    }

    private static SystemWords learn() {
        SystemWords words = new SystemWords(
                wordsOf(() -> connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), NOBODY_LISTENS))),
                // Linux has no route to a group for TCP, whatever its routes: no packet leaves.
                wordsOf(() -> connect(new InetSocketAddress("224.0.0.1", NOBODY_LISTENS))),
                wordsOf(SystemWords::writeAfterReset),
                wordsOf(SystemWords::writeWithoutReader),
                wordsOf(SystemWords::connectToBroadcast));
        // Without a free descriptor every attempt fails alike, and teaches nothing.
        return Objects.equals(words.refused, words.brokenPipe) ? UNKNOWN : words;
    }

    private static String wordsOf(Attempt attempt) {
        try {
            attempt.make();
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            // Not blocking: where this does not fail at once there is nothing to learn.
            channel.configureBlocking(false);
            channel.connect(address);
            channel.finishConnect();
        }
    }

    /** What a socket may not do, root's neither, that has not asked for it. Nothing is sent. */
    private static void connectToBroadcast() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress("127.255.255.255", NOBODY_LISTENS));
        }
    }

    private static void writeAfterReset() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(any);
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            SocketChannel peer = server.accept();
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            peer.close();
            client.write(ByteBuffer.allocate(1));
        }
    }

    private static void writeWithoutReader() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            sink.write(ByteBuffer.allocate(1));
        }
    }
}
