package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 12: a small datagram with a forged source must not send a large one, or many, to whoever that is. */
@Tag("overload")
@Timeout(300)
class UdpAmplificationIT {

    private static final int REPLY_BYTES = 1000;
    private static final int DATAGRAMS = 400;

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 28", "::1, 48"})
    void sendsAtMostThreeTimesWhatItReceivedHeadersCounted(String address, int headers) throws Exception {
        try (ServerJar jar = ServerJar.with("--reply", "r".repeat(REPLY_BYTES)).serve();
                DatagramClient client = DatagramClient.of(address, address, jar.udpPort())) {
            await().until(() ->
                    jar.stderr().contains("UDP replies of 1000 bytes are sent only to datagrams of at least"));
            int expected = 0;
            for (int length = 0; length < DATAGRAMS; length++) {
                client.send(new byte[length]);
                if (REPLY_BYTES + headers <= 3 * (length + headers)) {
                    assertEquals(REPLY_BYTES, client.receive().length());
                    expected++;
                }
            }

            long dropped = UdpSocketFigures.of(jar.udpPort()).dropped();
            LedgerLine ledger = jar.end();
            long refused = ledger.get("udp.refused.amplification");
            System.out.printf("row 12: %s: %d of %d answered, %d refused%n", address, expected, DATAGRAMS, refused);
            assertEquals(expected, ledger.get("udp.answered"), ledger::toString);
            assertEquals(DATAGRAMS, expected + refused + dropped, ledger::toString);
            assertEquals(0, client.receiveAll());
        }
    }

    @Test
    void sendsOneDatagramForOne() throws Exception {
        try (ServerJar jar = ServerJar.with().serve();
                DatagramClient client = DatagramClient.of(jar)) {
            for (int i = 0; i < DATAGRAMS; i++) {
                client.send("line\n".repeat(i));
                client.receive();
            }

            assertEquals(DATAGRAMS, jar.end().get("udp.answered"));
            assertEquals(0, client.receiveAll());
        }
    }

    @Test
    void answersANetworkAtItsRateAndOthersMeanwhile() throws Exception {
        try (ServerJar jar = ServerJar.with("--udp-rate", "2").serve();
                DatagramClient flooder = DatagramClient.of("127.0.0.1", "127.0.0.1", jar.udpPort());
                DatagramClient neighbour = DatagramClient.of("127.0.0.9", "127.0.0.1", jar.udpPort());
                DatagramClient other = DatagramClient.of("127.0.9.1", "127.0.0.1", jar.udpPort())) {
            long start = System.nanoTime();
            for (int i = 0; i < DATAGRAMS; i++) {
                flooder.send("hello");
                neighbour.send("hello");
            }
            // Where net.core.rmem_max is small, this one would be dropped too.
            await().until(() -> UdpSocketFigures.of(jar.udpPort()).waitingBytes() == 0);
            other.assertAnswered();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + 1;
            long dropped = UdpSocketFigures.of(jar.udpPort()).dropped();

            LedgerLine ledger = jar.end();
            long answered = ledger.get("udp.answered") - 1;
            long refused = ledger.get("udp.refused.rate");
            System.out.printf("row 12: rate 2: %d of %d answered, %d refused%n", answered, 2 * DATAGRAMS, refused);
            assertTrue(answered >= 2 && answered <= 2 * (1 + seconds), ledger::toString);
            assertEquals(2 * DATAGRAMS, answered + refused + dropped, ledger::toString);
            assertEquals(answered, flooder.receiveAll() + neighbour.receiveAll());
        }
    }
}
