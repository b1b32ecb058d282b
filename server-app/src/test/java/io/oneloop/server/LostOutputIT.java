package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stdout or stderr takes nothing: its disk is full ({@code /dev/full} says so to every write), or its reader has gone. */
@Timeout(300)
class LostOutputIT {

    @TempDir
    private Path folder;

    private static final String FULL = "No space left on device";
    private static final Pattern READY_LINE = Pattern.compile("WARN \\S+ The ready line could not be written to stdout"
            + " \\(" + FULL + "\\): oneloop ready tcp=\\S+:(\\d+) udp=\\S+\\R");
    private static final Pattern LINES_LOST = Pattern.compile("oneloop: (\\d+) lines of the log were not written");

    @Test
    void countsTheLinesOfTheLogThatAreLost() throws Exception {
        try (ServerJar jar = ServerJar.with().under(redirected("2>/dev/full")).serve()) {
            for (int i = 0; i < 10; i++) {
                assertAnswered(jar.tcpPort());
            }

            assertEquals(0, jar.terminate());

            Matcher lost = LINES_LOST.matcher(jar.stdout());
            assertTrue(lost.find(), jar.stdout());
            // At least the coming, the request and the leaving of each.
            assertTrue(Integer.parseInt(lost.group(1)) >= 30, jar.stdout());
            assertEquals(10, jar.ledger().get("accepted"));
        }
    }

    @Test
    void servesWithoutAReadyLineAndFailsAtTheEnd() throws Exception {
        try (ServerJar jar = ServerJar.with("--tcp-port", "0", "--udp-port", "0", "--lang", "en")
                .under(redirected("1>/dev/full"))
                .start()) {
            await().until(() -> READY_LINE.matcher(jar.stderr()).find());
            Matcher ready = READY_LINE.matcher(jar.stderr());
            assertTrue(ready.find());
            assertAnswered(Integer.parseInt(ready.group(1)));

            assertEquals(ExitCode.FAILED, jar.terminate());

            assertTotalsOnStderr(jar, FULL);
        }
    }

    /** Who reads the ready line and no more has what was asked for. */
    @Test
    void doesNotFailBecauseItsReaderHasGone() throws Exception {
        String fifo = folder.resolve("stdout").toString();
        String script = "mkfifo \"$0\"; { head -n 1 \"$0\"; echo gone; } >&2 & exec \"$@\" >\"$0\"";
        try (ServerJar jar = ServerJar.with("--tcp-port", "0", "--udp-port", "0", "--lang", "en")
                .under(List.of("sh", "-c", script, fifo))
                .start()) {
            await().until(() -> jar.stderr().contains("gone"));

            assertEquals(ExitCode.OK, jar.terminate());

            assertTotalsOnStderr(jar, "Broken pipe");
        }
    }

    private static void assertTotalsOnStderr(ServerJar jar, String cause) throws IOException {
        String lost = "oneloop: the totals could not be written to stdout: " + cause + "\noneloop summary: ";
        assertTrue(jar.stderr().contains(lost), jar.stderr());
        assertTrue(jar.stderr().contains("\noneloop ledger: "), jar.stderr());
    }

    private static List<String> redirected(String redirection) {
        return List.of("sh", "-c", "exec \"$@\" " + redirection, "sh");
    }

    private static void assertAnswered(int port) throws IOException {
        Client.assertAnswered(new InetSocketAddress(ServerJar.LOOPBACK, port));
    }
}
