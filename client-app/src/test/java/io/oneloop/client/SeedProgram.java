package io.oneloop.client;

import static io.oneloop.client.Patience.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server of the tutorial, run by the Python that it was written for, or what stands in for it in a plain clone. */
final class SeedProgram implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final int port;

    private SeedProgram(String file, int port) throws IOException {
        this.port = port;
        output = Files.createTempFile("seed", ".out");
        Path program = Path.of(System.getProperty("oneloop.seed"), file);
        process = new ProcessBuilder(Tool.require("python3", "python3"), program.toString(), Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    static SeedProgram tcpServer() throws IOException {
        int port;
        // The seed does not tell which port it took, so that 0 is no use to it.
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        SeedProgram server = new SeedProgram("tcp_server.py", port);
        await().atMost(START).until(() -> server.output().contains("等待一个新的客户端的到来"));
        return server;
    }

    static SeedProgram udpReceiver() throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0)) {
            port = free.getLocalPort();
        }
        SeedProgram receiver = new SeedProgram("udp_recv.py", port);
        byte[] knock = "knock".getBytes(StandardCharsets.US_ASCII);
        try (DatagramSocket socket = new DatagramSocket()) {
            await().atMost(START).until(() -> {
                socket.send(new DatagramPacket(knock, knock.length, InetAddress.getLoopbackAddress(), port));
                return receiver.output().contains("knock");
            });
        }
        return receiver;
    }

    String port() {
        return Integer.toString(port);
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.delete(output);
    }
}
