package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 15: whoever reads the log has stopped reading. */
@Tag("overload")
@Timeout(60)
class StalledLogIT {

    private static final int REQUESTS = 10_000;
    private static final int REPLY_BYTES = 18;

    @Test
    void answersOnAndCountsTheLinesLeftOut() throws Exception {
        try (ServerJar jar = ServerJar.with().stderrUnread().serve()) {
            try (Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
                // JUnit's limit interrupts the thread, which a read of a socket does not notice.
                client.setSoTimeout(10_000);
                byte[] message = "x".repeat(100).getBytes(UTF_8);
                for (int i = 0; i < REQUESTS; i++) {
                    client.getOutputStream().write(message);
                    assertEquals(REPLY_BYTES, client.getInputStream().readNBytes(REPLY_BYTES).length);
                }
            }

            long written = 0;
            long leftOut = 0;
            BufferedReader log = new BufferedReader(new InputStreamReader(jar.readStderrPipe(), UTF_8));
            Pattern leftOutLine = Pattern.compile("WARN (\\d+) lines left out");
            while (leftOut == 0) {
                String line = log.readLine();
                written += line.contains("request is:") ? 1 : 0;
                Matcher matcher = leftOutLine.matcher(line);
                leftOut = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
            }

            // Beside the requests there are the client's coming and going, and two lines of waiting.
            assertTrue(Math.abs(REQUESTS + 4 - written - leftOut) <= 4, written + " written, " + leftOut + " left out");
            assertTrue(leftOut > 1000, leftOut + " left out");
        }
    }
}
