package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 7: the kernel takes a part of what is written, since its send buffers are small. */
@Tag("overload")
@Timeout(300)
class PartialWritesIT {

    private static final String SMALL_SEND_BUFFERS = "sysctl -qw net.ipv4.tcp_wmem='4096 4096 8192'";
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 300_000;
    private static final int MIN_PARTIAL_WRITES = 50;
    private static final Pattern WRITE = Pattern.compile("write\\(.*, (\\d+)\\) += (\\d+)");

    @Test
    void tearsNoReplyAndRepeatsNone() throws Exception {
        try (RunningJar jar = OwnNetwork.serve(RunningJar.with("--read-chunk", "1"), SMALL_SEND_BUFFERS)) {
            long partial;
            try (Strace strace = new Strace(jar, "trace=write");
                    OwnNetwork.Program clients = new OwnNetwork.Program(
                            jar, "pipelining.py", jar.tcp().getPort(), CLIENTS, REQUESTS)) {
                clients.expect("exact");
                strace.stop();
                partial = strace.lines(
                        lines -> lines.filter(PartialWritesIT::isPartial).count());
            }
            System.out.printf("row 7: %d partial writes in %d clients' streams%n", partial, CLIENTS);
            assertTrue(partial > MIN_PARTIAL_WRITES, partial + " partial writes");
            assertEquals((long) CLIENTS * REQUESTS, jar.stop().get("requests"));
        }
    }

    private static boolean isPartial(String line) {
        Matcher write = WRITE.matcher(line);
        return write.find() && !write.group(1).equals(write.group(2));
    }
}
