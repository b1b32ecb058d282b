package io.oneloop.server.peers;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is compared with answers every byte as the responder does. */
@Timeout(300)
class PeersIT {

    private static final String REQUEST = "PING 0123456789\n";
    private static final int IN_FLIGHT = 16;
    private static final int CONNECTIONS = 3;
    private static final int ANSWER_LIMIT_MILLIS = 60_000;

    @TempDir
    private Path folder;

    /** Those that the comparison has on this JDK too: virtual threads are of JDK 21. */
    static Stream<String> peers() {
        Stream<String> everywhere = Stream.of(
                "NettyPeer epoll tuned",
                "NettyPeer epoll plain",
                "NettyPeer nio tuned",
                "NettyPeer nio plain",
                "VertxPeer",
                "TextbookReactor",
                "BareReactor",
                "ThreadPerConnection");
        return Runtime.version().feature() < 21
                ? everywhere
                : Stream.concat(everywhere, Stream.of("ThreadPerConnection virtual"));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void answersEveryByte(String peer) throws Exception {
        InetSocketAddress address = freeAddress();
        assertAnswersEveryByte(start(java(peer.split(" "), address.getPort())), address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jvm"})
    void answersEveryByteInC(String mode) throws Exception {
        InetSocketAddress address = freeAddress();
        List<String> command = new ArrayList<>(List.of("" + EpollServer.compile(folder), "" + address.getPort()));
        if (!mode.isEmpty()) {
            command.add(mode);
        }
        assertAnswersEveryByte(start(command), address);
    }

    private static void assertAnswersEveryByte(Process process, InetSocketAddress address) throws Exception {
        try {
            await().failFast(() -> !process.isAlive())
                    .ignoreExceptions()
                    .until(() -> datagramReply(address, 200).length == Replies.ONE.length && accepts(address));
            assertAnswersStreams(address);
            for (int i = 0; i < IN_FLIGHT; i++) {
                assertArrayEquals(Replies.ONE, datagramReply(address, ANSWER_LIMIT_MILLIS));
            }
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Some bind UDP first. (TCP is not tried before: a connect to a port that nobody has bound may find itself.) */
    private static boolean accepts(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        }
    }

    private List<String> java(String[] peer, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                getClass().getPackageName() + "." + peer[0],
                Integer.toString(port)));
        command.addAll(List.of(peer).subList(1, peer.length));
        return command;
    }

    private Process start(List<String> command) throws IOException {
        File output = folder.resolve("output").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** One request on each of several connections, then many at once, then part of one and the rest. */
    private static void assertAnswersStreams(InetSocketAddress address) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket(address.getAddress(), address.getPort());
                socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
                socket.setTcpNoDelay(true);
                sockets.add(socket);
            }
            for (String sent : List.of(REQUEST, REQUEST.repeat(IN_FLIGHT), REQUEST + "PING", " 0123456789\n")) {
                for (Socket socket : sockets) {
                    socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
                }
                for (Socket socket : sockets) {
                    assertReplies((int) sent.chars().filter(c -> c == '\n').count(), socket);
                }
            }
            for (Socket socket : sockets) {
                socket.shutdownOutput();
                assertEquals(-1, socket.getInputStream().read(), "more than was asked for");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void assertReplies(int count, Socket socket) throws IOException {
        byte[] expected = new byte[count * Replies.ONE.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(Replies.ONE, 0, expected, i * Replies.ONE.length, Replies.ONE.length);
        }
        assertArrayEquals(expected, socket.getInputStream().readNBytes(expected.length));
    }

    private static byte[] datagramReply(InetSocketAddress address, int limitMillis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(limitMillis);
            socket.connect(address);
            socket.send(new DatagramPacket(REQUEST.getBytes(StandardCharsets.US_ASCII), REQUEST.length()));
            DatagramPacket reply = new DatagramPacket(new byte[1024], 1024);
            socket.receive(reply);
            return Arrays.copyOf(reply.getData(), reply.getLength());
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), any.getLocalPort());
        }
    }
}
