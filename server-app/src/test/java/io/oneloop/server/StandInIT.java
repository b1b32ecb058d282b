package io.oneloop.server;

import static io.oneloop.server.DebianTool.CURL;
import static io.oneloop.server.DebianTool.REDIS_BENCHMARK;
import static io.oneloop.server.DebianTool.WRK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Standing in for a real service, with its real clients. */
@Timeout(300)
class StandInIT {

    private static final String HTTP_RESPONSE =
            "HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nContent-Length: 6\\r\\n\\r\\nhello\\n";

    @TempDir
    private Path folder;

    @Test
    void standsInForRedis() throws Exception {
        try (ServerJar jar =
                ServerJar.with("--reply", "+PONG\\r\\n", "--log", "summary").serve()) {
            DebianTool.Outcome benchmark = REDIS_BENCHMARK.run(
                    "", "-t", "ping_inline", "-p", jar.tcpPort(), "-n", "10000", "-c", "20", "--csv");

            assertEquals(0, benchmark.exitCode(), benchmark.output());
            assertTrue(benchmark.output().contains("\"PING_INLINE\""), benchmark.output());
            assertFalse(benchmark.output().contains("rror"), benchmark.output());
            assertEquals(0, jar.terminate());
            Matcher requests = Pattern.compile(" requests=(\\d+) ").matcher(jar.stdout());
            assertTrue(requests.find(), jar.stdout());
            assertTrue(Integer.parseInt(requests.group(1)) >= 10_000, jar.stdout());
        }
    }

    @Test
    void standsInForAnHttpServer() throws Exception {
        try (ServerJar jar =
                ServerJar.with("--reply", HTTP_RESPONSE, "--log", "off").serve()) {
            String url = "http://127.0.0.1:" + jar.tcpPort() + "/any/path";

            DebianTool.Outcome twice =
                    CURL.run("", "-q", "--noproxy", "*", "--silent", "--show-error", "--fail", url, url);
            assertEquals("hello\nhello\n", twice.output());

            DebianTool.Outcome load = WRK.run("", "-t1", "-c10", "-d1s", url);
            assertEquals(0, load.exitCode(), load.output());
            assertTrue(load.output().contains("Requests/sec"), load.output());
            assertFalse(load.output().contains("Socket errors"), load.output());
            assertFalse(load.output().contains("Non-2xx"), load.output());
        }
    }

    @Test
    void repliesWithTheBytesOfAFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("response"), "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000));
        try (ServerJar jar =
                ServerJar.with("--reply-file", file.toString(), "--no-udp").serve()) {
            DebianTool.Outcome outcome = CURL.run(
                    "", "-q", "--noproxy", "*", "--silent", "--show-error", "http://127.0.0.1:" + jar.tcpPort());

            assertEquals("x".repeat(300_000), outcome.output());
        }
    }
}
