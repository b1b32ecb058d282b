package io.oneloop.server;

import static io.oneloop.server.DebianTool.PYTHON;
import static io.oneloop.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's own programs, or what stands in for them in a plain clone, against ours. */
@Timeout(300)
class SeedProgramsIT {

    private static final Path SEED = Path.of(System.getProperty("oneloop.seed"));
    private static final String REPLY = "hahahahah----ok---";

    @TempDir
    private Path folder;

    @Test
    void servesTheTutorialsTcpClient() throws Exception {
        try (ServerJar jar = ServerJar.with("--lang", "zh").serve()) {
            DebianTool.Outcome client =
                    PYTHON.run("127.0.0.1\n" + jar.tcpPort() + "\n你好\n", "-X", "utf8", SEED.resolve("tcp_client.py"));

            assertEquals(0, client.exitCode(), client.output());
            await().until(() -> jar.stderr().contains("客户端送过来的请求是:你好\n"));
        }
    }

    @Test
    void servesTheTutorialsUdpSender() throws Exception {
        try (ServerJar jar = ServerJar.with("--lang", "zh").serve()) {
            DebianTool.Outcome sender =
                    PYTHON.run("one\n二\nexit\n", "-X", "utf8", SEED.resolve("udp_send.py"), "127.0.0.1", jar.udpPort());

            assertTrue(sender.output().endsWith("-----run-----\n"), sender.output());
            await().until(() -> jar.stderr().contains("): 二\n"));
            assertTrue(jar.stderr().matches("(?s).*\\('127\\.0\\.0\\.1', \\d+\\): one\n.*"), jar.stderr());
        }
    }

    @Test
    void givesThreeThousandBytesAsManyRepliesAsTheTutorialsServer() throws Exception {
        String message = "x".repeat(3000);
        // Ours has its port before one is looked for that is free.
        try (ServerJar jar = ServerJar.with().serve()) {
            assertEquals(REPLY.repeat(3), answer(jar.tcpPort(), message));

            int freePort;
            try (ServerSocket free = new ServerSocket(0)) {
                freePort = free.getLocalPort();
            }
            Path output = folder.resolve("output");
            Process tutorial = PYTHON.start(output, "-X", "utf8", SEED.resolve("tcp_server.py"), freePort);
            try {
                await().until(() -> Files.readString(output).contains("等待"));

                assertEquals(REPLY.repeat(3), answer(freePort, message));
            } finally {
                tutorial.destroyForcibly();
            }
        }
    }

    private static String answer(int port, String message) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write(message.getBytes(UTF_8));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
