package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 14: a million hostile inputs by TCP, by UDP and to the log's escaping; nothing dies, nothing gets through. */
@Tag("overload")
@Timeout(300)
class HostileBytesIT {

    private static final int TCP_INPUTS = 200_000;
    private static final int UDP_INPUTS = 200_000;
    private static final int ESCAPED_INPUTS = 600_000;
    private static final int PER_CONNECTION = 100;
    private static final long SEED = 117_150;
    private static final String SEEDED = "with seed " + SEED;
    private static final String TIME = "(INFO|WARN) \\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:\\d\\d) .*";

    @Test
    void logsNothingThatCouldPassForAnythingElse() throws Exception {
        try (RunningJar jar = RunningJar.start("--log", "all")) {
            long replies = attackTcp(jar, new HostileBytes(SEED));
            attackUdp(jar, new HostileBytes(SEED + 1));
            Client.assertAnswered(jar.tcp());
            assertEquals(replies + 1, jar.stop().get("requests"));
            int lines = 0;
            for (String line : jar.log()) {
                assertEquals(-1, HostileBytes.firstUnprintable(line), SEEDED + ": " + line);
                assertEquals(true, line.matches(TIME), SEEDED + ": " + line);
                lines++;
            }
            System.out.printf("row 14: %d inputs by TCP, %d by UDP, %d lines%n", TCP_INPUTS, UDP_INPUTS, lines);
        }
    }

    /** {@return the replies} Their number is that of the server's reads, which varies. */
    private static long attackTcp(RunningJar jar, HostileBytes hostile) throws IOException {
        long bytes = 0;
        for (int i = 0; i < TCP_INPUTS / PER_CONNECTION; i++) {
            try (Client client = new Client(jar.tcp())) {
                for (int j = 0; j < PER_CONNECTION; j++) {
                    client.channel.write(ByteBuffer.wrap(hostile.next()));
                }
                long replies = client.finish().readToEnd();
                assertTrue(replies > 0, SEEDED);
                bytes += replies;
            }
        }
        return bytes / Client.REPLY.length;
    }

    private static void attackUdp(RunningJar jar, HostileBytes hostile) throws IOException {
        byte[] question = new byte[HostileBytes.LONGEST];
        try (DatagramSocket attacker = new DatagramSocket();
                DatagramSocket healthy = new DatagramSocket()) {
            healthy.setSoTimeout(60_000);
            for (int i = 0; i < UDP_INPUTS; i++) {
                byte[] input = hostile.next();
                attacker.send(new DatagramPacket(input, input.length, jar.udp()));
                if (i % PER_CONNECTION == 0) {
                    // Answered in its turn: so the kernel never has more than these to keep, and drops none.
                    healthy.send(new DatagramPacket(question, question.length, jar.udp()));
                    healthy.receive(new DatagramPacket(new byte[100], 100));
                }
            }
        }
    }

    @Test
    void escapesEverythingThatIsNoPrintableText() {
        HostileBytes hostile = new HostileBytes(SEED + 2);
        TextOfConnection connection = new TextOfConnection();
        Messages messages = Messages.in(Language.EN);
        for (int i = 0; i < ESCAPED_INPUTS; i++) {
            String text = connection.next(ByteBuffer.wrap(hostile.next())).text(messages);
            assertEquals(-1, HostileBytes.firstUnprintable(text), SEEDED + ", input " + i);
        }
    }
}
