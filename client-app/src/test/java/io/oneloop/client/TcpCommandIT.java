package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.CloseReason;
import io.oneloop.EventLoop;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpCommandIT {

    private static final int PIPED_BYTES = 100 * 1024 * 1024;

    private final EventLoop loop = EventLoop.start("server");

    @AfterEach
    void endServers() {
        loop.close();
    }

    private String serve(TcpHandler handler) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Integer.toString(loop.listenTcp(any, handler).localAddress().getPort());
    }

    private static ClientJar.Result tcp(String input, String port, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--lang", "en", "tcp", "127.0.0.1", port));
        arguments.addAll(List.of(more));
        return ClientJar.run(input, arguments.toArray(new String[0]));
    }

    /** Keeps what comes until the peer has finished. */
    private static final class Keeper implements TcpHandler {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> all = new CompletableFuture<>();

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            kept.writeBytes(bytes);
        }

        @Override
        public void onEof(TcpConnection connection) {
            connection.send(StandardCharsets.US_ASCII.encode("thanks"));
            connection.close();
        }

        @Override
        public void onClose(TcpConnection connection, CloseReason reason) {
            all.complete(kept.toByteArray());
        }

        byte[] all() throws Exception {
            return all.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void sendsTheMessageExactlyThenItsFinAndPrintsTheAnswerRaw() throws Exception {
        Keeper keeper = new Keeper();
        ClientJar.Result result = tcp("not read", serve(keeper), "-m", "hello\\n");
        assertEquals("thanks", result.text());
        assertEquals("", result.err());
        assertEquals(ExitCode.ANSWERED, result.exitCode());
        assertArrayEquals("hello\\n".getBytes(StandardCharsets.US_ASCII), keeper.all());
    }

    @Test
    void takesAMessageThatStartsWithAnAtSignAsItIs() throws Exception {
        for (String message : List.of("@pom.xml", "@@x")) {
            Keeper keeper = new Keeper();
            ClientJar.Result result = tcp("", serve(keeper), "-m", message);
            assertEquals("", result.err());
            assertEquals(message, new String(keeper.all(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void passesPipedBytesThroughUnchangedBothWays() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        String port = serve((connection, data) -> connection.send(data));
        ClientJar.Result result = ClientJar.run(bytes, List.of(), "tcp", "127.0.0.1", port);
        assertArrayEquals(bytes, result.out());
        assertEquals(ExitCode.ANSWERED, result.exitCode());
    }

    @Test
    void endsLinesWithCrLfOnRequest() throws Exception {
        Keeper keeper = new Keeper();
        tcp("a\nb\r\nc", serve(keeper), "-C");
        assertEquals("a\r\nb\r\nc", new String(keeper.all(), StandardCharsets.US_ASCII));
    }

    @Test
    void dumpsTheAnswerInHexOnRequest() throws Exception {
        ClientJar.Result result = tcp("", serve(new Keeper()), "-m", "x", "--hex");
        assertEquals("00000000  74 68 61 6e 6b 73                                 |thanks|\n", result.text());
    }

    @Test
    void streamsMoreThanItsHeapToASlowReader() throws Exception {
        CompletableFuture<Long> counted = new CompletableFuture<>();
        String port = serve(new TcpHandler() {
            private long count;

            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {
                count += data.remaining();
                connection.pauseReads();
                // Two milliseconds for every read: the sender is kept waiting nearly all the time.
                loop.after(2, TimeUnit.MILLISECONDS, connection::resumeReads);
            }

            @Override
            public void onEof(TcpConnection connection) {
                counted.complete(count);
                connection.send(StandardCharsets.US_ASCII.encode("done"));
                connection.close();
            }
        });
        ClientJar.Result result = ClientJar.run(new byte[PIPED_BYTES], List.of("-Xmx64m"), "tcp", "127.0.0.1", port);
        assertEquals("done", result.text());
        assertEquals(ExitCode.ANSWERED, result.exitCode());
        assertEquals(PIPED_BYTES, counted.get());
    }

    @Test
    void explainsWhatHappensOnRequest() throws Exception {
        ClientJar.Result result = tcp("", serve(new Keeper()), "-m", "hello", "-v");
        List<String> told = result.err().lines().toList();
        assertTrue(told.get(0).matches("\\* connecting to 127\\.0\\.0\\.1:\\d+: SYN.*"), result.err());
        assertTrue(
                told.get(1).matches("\\* connected: 127\\.0\\.0\\.1:\\d+ → 127\\.0\\.0\\.1:\\d+ after [0-9.]+ ms"),
                result.err());
        assertEquals("* sent 5 bytes", told.get(2));
        assertEquals("* our FIN: we have finished sending", told.get(3));
        assertTrue(told.get(4).matches("\\* received 6 bytes, [0-9.]+ ms after sending"), result.err());
        assertEquals("* the peer's FIN: it has finished sending", told.get(5));
        assertEquals("thanks", result.text());
    }

    @Test
    void tellsThatNobodyListens() throws Exception {
        String port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = Integer.toString(closed.getLocalPort());
        }
        ClientJar.Result result = tcp("hello", port);
        assertEquals(
                "connect tcp 127.0.0.1:" + port + ": connection refused: the host is there, but nobody listens on that"
                        + " port. Start the server, or check the port.\n",
                result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void tellsThatAConnectTookTooLong() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // Two fill a backlog of one, since nobody accepts; the kernel drops the next SYN.
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            ClientJar.Result result = tcp("hello", Integer.toString(full.getLocalPort()), "-w", "300ms");
            assertTrue(result.err().contains(": no answer in time: "), result.err());
            assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void tellsThatThePeerBrokeOff() throws Exception {
        ClientJar.Result result = tcp("", serve((connection, data) -> connection.abort()), "-m", "hello", "-v");
        assertTrue(result.err().contains("* the peer's RST"), result.err());
        assertTrue(result.err().contains(": the peer broke the connection off (RST). "), result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void tellsThatAHostIsUnknown() throws Exception {
        ClientJar.Result result = ClientJar.run("", "--lang", "en", "tcp", "no-such-host.invalid", "7890", "-m", "x");
        assertEquals(
                "no-such-host.invalid: unknown host. Check the spelling and the name service, or give the IP address."
                        + "\n",
                result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void tellsThatThePeerClosedWithoutAnAnswer() throws Exception {
        ClientJar.Result result = tcp("", serve((connection, data) -> connection.close()), "-m", "hello");
        assertTrue(result.err().contains(": the peer closed the connection without an answer. "), result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void tellsThatNoAnswerCameInTime() throws Exception {
        TcpHandler mute = new TcpHandler() {
            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {}

            @Override
            public void onEof(TcpConnection connection) {}
        };
        ClientJar.Result result = tcp("", serve(mute), "-m", "hello", "-i", "2s");
        assertTrue(result.err().contains(": no answer within 2s. "), result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void isContentWithSilenceWhenNothingWasSent() throws Exception {
        ClientJar.Result result = tcp("", serve((connection, data) -> connection.close()));
        assertEquals("", result.err());
        assertEquals(ExitCode.ANSWERED, result.exitCode());
    }

    @Test
    void endsWith130WhenInterrupted() throws Exception {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        String port = serve((connection, data) -> arrived.complete(null));
        Process client = ClientJar.start("tcp", "127.0.0.1", port);
        try {
            client.getOutputStream().write('x');
            client.getOutputStream().flush();
            arrived.get(60, TimeUnit.SECONDS);
            new ProcessBuilder(Tool.require("kill", "procps"), "-INT", Long.toString(client.pid()))
                    .start()
                    .waitFor();
            assertTrue(client.waitFor(60, TimeUnit.SECONDS));
            assertEquals(ExitCode.INTERRUPTED, client.exitValue());
        } finally {
            client.destroyForcibly();
        }
    }

    @Test
    void saysThatTheDiskMayBeFull(@TempDir Path dir) throws Exception {
        Path err = dir.resolve("err");
        List<String> command =
                ClientJar.command(List.of(), "--lang", "en", "tcp", "127.0.0.1", serve(new Keeper()), "-m", "hello");
        Process client = new ProcessBuilder(command)
                .redirectOutput(new File("/dev/full"))
                .redirectError(err.toFile())
                .start();
        assertTrue(client.waitFor(120, TimeUnit.SECONDS));
        assertEquals(ExitCode.NETWORK_FAILURE, client.exitValue());
        assertTrue(Files.readString(err).contains(": the disk is full, or whoever read"), Files.readString(err));
    }

    @Test
    void speaksChineseOnRequest() throws Exception {
        ClientJar.Result result = ClientJar.run("", "tcp", "127.0.0.1", "0", "--lang", "zh");
        assertEquals("0 不是端口：端口是 1 到 65535。\n", result.err());
        assertEquals(ExitCode.WRONG_USE, result.exitCode());
    }

    @Test
    void reachesAnIpv6Server() throws Exception {
        EventLoop v6 = EventLoop.start("v6");
        try {
            int port = v6.listenTcp(
                            new InetSocketAddress(InetAddress.getByName("::1"), 0),
                            (connection, data) -> connection.send(StandardCharsets.US_ASCII.encode("six")))
                    .localAddress()
                    .getPort();
            ClientJar.Result result = ClientJar.run("", "tcp", "-6", "::1", Integer.toString(port), "-m", "hello");
            assertEquals("six", result.text());
        } finally {
            v6.close();
        }
    }

    /** The JVM's own file of modules has descriptor 0 then, and would be sent. */
    @Test
    void sendsNothingWhenStdinIsClosed() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
        command.addAll(ClientJar.command(List.of(), "--lang", "en", "tcp", "127.0.0.1", serve(new Keeper())));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("Bad file descriptor"), said);
        assertTrue(client.waitFor(120, TimeUnit.SECONDS));
        assertEquals(ExitCode.NETWORK_FAILURE, client.exitValue(), said);
    }
}
