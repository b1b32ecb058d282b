package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 15: whoever reads the log has stopped reading. */
@Tag("overload")
@Timeout(300)
class StalledLogIT {

    private static final int REQUESTS = 10_000;
    private static final int TRACED = 1_000;
    private static final int REPLY_BYTES = 18;

    @Test
    void answersOnAndCountsTheLinesLeftOut() throws Exception {
        try (ServerJar jar = ServerJar.with().stderrUnread().serve()) {
            try (Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort())) {
                // JUnit's limit interrupts the thread, which a read of a socket does not notice.
                client.setSoTimeout(60_000);
                exchange(client, REQUESTS - TRACED);
                // The pipe is full by now, and so is the queue.
                try (Strace strace = new Strace(jar.pid(), "trace=read,write")) {
                    exchange(client, TRACED);
                    strace.stop();
                    assertEquals(TRACED, strace.count("write("), "writes");
                    assertEquals(TRACED, strace.count("read("), "reads");
                    assertEquals(
                            0, strace.count("write(1,") + strace.count("write(2,"), "writes of the loop to its log");
                }
            }

            long written = 0;
            long leftOut = 0;
            BufferedReader log = new BufferedReader(new InputStreamReader(jar.readStderrPipe(), UTF_8));
            Pattern leftOutLine = Pattern.compile("WARN \\S+ (\\d+) lines left out");
            while (leftOut == 0) {
                String line = log.readLine();
                written += line.contains("request is:") ? 1 : 0;
                Matcher matcher = leftOutLine.matcher(line);
                leftOut = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
            }

            System.out.printf("row 15: %d replies, %d lines written, %d left out%n", REQUESTS, written, leftOut);
            // Beside the requests there are the client's coming and going, and two lines of waiting.
            assertTrue(Math.abs(REQUESTS + 4 - written - leftOut) <= 4, written + " written, " + leftOut + " left out");
            assertTrue(leftOut > 1000, leftOut + " left out");
        }
    }

    private static void exchange(Socket client, int times) throws IOException {
        byte[] message = "x".repeat(100).getBytes(UTF_8);
        for (int i = 0; i < times; i++) {
            client.getOutputStream().write(message);
            assertEquals(REPLY_BYTES, client.getInputStream().readNBytes(REPLY_BYTES).length);
        }
    }
}
