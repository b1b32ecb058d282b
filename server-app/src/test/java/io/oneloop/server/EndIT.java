package io.oneloop.server;

import static io.oneloop.server.DebianTool.ENV;
import static io.oneloop.server.DebianTool.NETCAT;
import static io.oneloop.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the process ends. */
@Timeout(300)
class EndIT {

    private static final String REPLY = "hahahahah----ok---";

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void endsWithASummaryAndExitCodeZero(String signal) throws Exception {
        // A build in the background, or under nohup, hands on that it ignores them, and the JVM then leaves it at that.
        try (ServerJar jar =
                ServerJar.with().under(ENV.command("--default-signal=INT,HUP")).serve()) {
            NETCAT.run("hello", "-N", "127.0.0.1", jar.tcpPort());
            NETCAT.run("hi", "-u", "-W1", "-w30", "127.0.0.1", jar.udpPort());

            jar.signal(signal);

            assertEquals(0, jar.awaitExit());
            assertTrue(
                    jar.stdout()
                            .matches(
                                    "oneloop ready .*\\Roneloop summary: connections=1 requests=1 bytes_in=5 bytes_out=18"
                                            + " datagrams_in=1 datagrams_out=1 datagram_bytes_in=2 datagram_bytes_out=18"
                                            + " uptime=\\d+\\.\\ds\\Roneloop ledger: .*\\R"),
                    jar.stdout());
        }
    }

    /** Bound already, and not there for anybody who waits for the ready line. */
    @Test
    void failsIfItCannotSayThatItIsThere() throws Exception {
        Path tests = Path.of(BrokenLogging.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dslf4j.provider=" + BrokenLogging.class.getName(),
                        "-cp",
                        System.getProperty("oneloop.server.jar") + ":" + tests,
                        ServerMain.class.getName(),
                        "--host=127.0.0.1",
                        "--tcp-port=0",
                        "--udp-port=0",
                        "--lang=en")
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertTrue(said.contains("oneloop: cannot start: "), said);
        assertFalse(said.contains("oneloop ready"), said);
        assertEquals(ExitCode.FAILED, process.waitFor());
    }

    @Test
    void sumsUpInChinese() throws Exception {
        try (ServerJar jar = ServerJar.with("--lang", "zh", "--log", "summary").serve()) {
            assertEquals(0, jar.terminate());

            assertTrue(jar.stdout().contains("oneloop 小结：连接=0 请求=0 "), jar.stdout());
            assertEquals("", jar.stderr());
        }
    }

    @Test
    void saysNothingAtAllWhenTheLogIsOff() throws Exception {
        try (ServerJar jar = ServerJar.with("--log", "off", "--verbose").serve()) {
            NETCAT.run("hello", "-N", "127.0.0.1", jar.tcpPort());

            assertEquals(0, jar.terminate());

            assertTrue(jar.stdout().matches("oneloop ready .*\\R"), jar.stdout());
            assertEquals("", jar.stderr());
        }
    }

    @Test
    void writesEveryReplyThatIsOwedBeforeItEnds() throws Exception {
        try (ServerJar jar = ServerJar.with("--per", "line", "--drain", "20s").serve();
                Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
            Thread sender = new Thread(() -> sendUntilRefused(client));
            sender.start();
            await().until(() -> client.getInputStream().available() > 10_000);

            ProcessHandle.of(jar.pid()).orElseThrow().destroy();
            byte[] replies = client.getInputStream().readAllBytes();
            client.shutdownOutput();
            sender.join();

            assertEquals(0, jar.awaitExit());
            assertTrue(
                    Arrays.equals(REPLY.repeat(replies.length / REPLY.length()).getBytes(UTF_8), replies));
            assertTrue(
                    jar.stdout().contains(" requests=" + replies.length / REPLY.length() + " "),
                    replies.length + " bytes received; " + jar.stdout());
        }
    }

    private static void sendUntilRefused(Socket client) {
        byte[] newlines = "\n".repeat(64 * 1024).getBytes(UTF_8);
        try {
            while (true) {
                client.getOutputStream().write(newlines);
            }
        } catch (IOException ended) {
            // By shutdownOutput.
        }
    }

    @Test
    void waitsNoLongerThanTheDrainTimeForWhoHasEverythingAndDoesNotLeave() throws Exception {
        try (ServerJar jar = ServerJar.with("--drain", "100ms").serve();
                Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
            client.getOutputStream().write('x');
            assertEquals(REPLY.length(), client.getInputStream().readNBytes(REPLY.length()).length);

            assertEquals(0, jar.terminate());

            assertTrue(jar.stdout().contains(" closed=1 closed.closed=1 "), jar.stdout());
            assertTrue(jar.stderr().contains("This client has been served (closed by us)"), jar.stderr());
        }
    }

    @Test
    void cutsOffWhoDoesNotTakeItsRepliesWithinTheDrainTime(@TempDir Path folder) throws Exception {
        // More than the kernel holds for both sides of a connection.
        Path reply = Files.write(folder.resolve("reply"), new byte[16 << 20]);
        try (ServerJar jar = ServerJar.with("--no-udp", "--reply-file", reply.toString(), "--drain", "100ms")
                        .serve();
                Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
            client.getOutputStream().write('x');
            await().until(() -> client.getInputStream().available() > 0);

            assertEquals(0, jar.terminate());

            assertTrue(jar.stdout().contains(" closed=1 closed.aborted=1 "), jar.stdout());
            assertTrue(jar.stderr().contains("This client was cut off: the server is ending"), jar.stderr());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void aSecondSignalEndsTheDrain(String signal, @TempDir Path folder) throws Exception {
        // More than the kernel holds for both sides of a connection.
        Path reply = Files.write(folder.resolve("reply"), new byte[16 << 20]);
        try (ServerJar jar = ServerJar.with(
                                "--no-udp", "--reply-file", reply.toString(), "--drain", "60m", "--write-timeout", "0")
                        .under(ENV.command("--default-signal=INT,HUP"))
                        .serve();
                Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
            client.getOutputStream().write('x');
            await().until(() -> client.getInputStream().available() > 0);
            jar.signal("TERM");
            await().until(() -> jar.stderr().contains("Ending: waiting up to 3600000 ms for open connections (1)"));

            jar.signal(signal);

            assertEquals(0, jar.awaitExit());
            assertEquals(1, jar.ledger().assertBalanced().get("closed.aborted"));
            assertTrue(jar.stderr().contains("Told to end again"), jar.stderr());
        }
    }

    @Test
    void endsThoughNobodyReadsItsLog() throws Exception {
        try (ServerJar jar = ServerJar.with().stderrUnread().serve()) {
            String longMessage = "x".repeat(1000);
            try (Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
                client.setSoTimeout(60_000);
                for (int i = 0; i < 1000; i++) {
                    client.getOutputStream().write(longMessage.getBytes(UTF_8));
                    assertEquals(REPLY.length(), client.getInputStream().readNBytes(REPLY.length()).length);
                }
            }

            assertEquals(0, jar.terminate());
            assertTrue(jar.stdout().contains("requests=1000 "), jar.stdout());
        }
    }
}
