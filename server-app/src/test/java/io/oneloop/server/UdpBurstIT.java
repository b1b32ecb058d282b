package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 13: more datagrams at once than anybody can answer at once. */
@Tag("overload")
@Timeout(300)
class UdpBurstIT {

    private static final int DATAGRAMS = 10_000;

    @Test
    void answersEveryDatagramThatItsBufferTakes() throws Exception {
        try (ServerJar jar = ServerJar.with("--log", "summary").serve();
                DatagramClient client = DatagramClient.of(jar)) {
            // Less than all: what was measured was another socket, with datagrams of another size.
            int wave = datagramsThatABufferTakes() * 9 / 10;
            for (int sent = 0; sent < DATAGRAMS; sent += wave) {
                int count = Math.min(wave, DATAGRAMS - sent);
                whileStopped(jar, () -> sendHello(client, count));
                for (int i = 0; i < count; i++) {
                    assertEquals(ServerSettings.DEFAULT_REPLY, client.receive());
                }
            }

            System.out.printf("row 13: %d answered in waves of %d at once%n", DATAGRAMS, Math.min(wave, DATAGRAMS));
            assertEquals(0, UdpSocketFigures.of(jar.udpPort()).dropped());
            assertEquals(DATAGRAMS, jar.end().get("udp.answered"));
            assertEquals(0, client.receiveAll());
        }
    }

    @Test
    void accountsForEveryDatagramWhenItsBufferIsTooSmall() throws Exception {
        try (ServerJar jar = ServerJar.with("--log", "summary", "--udp-receive-buffer", "100000")
                        .serve();
                DatagramClient client = DatagramClient.of(jar)) {
            whileStopped(jar, () -> {
                for (int i = 0; i < DATAGRAMS / 2; i++) {
                    client.send("hello");
                    client.send(ServerSettings.DEFAULT_REPLY);
                    letTheKernelFollow(i);
                }
            });
            await().until(() -> UdpSocketFigures.of(jar.udpPort()).waitingBytes() == 0);
            long dropped = UdpSocketFigures.of(jar.udpPort()).dropped();

            LedgerLine ledger = jar.end();
            long replies = client.receiveAll();
            long refused = ledger.get("udp.refused.own_reply");
            System.out.printf(
                    "row 13: %d = %d replies + %d kernel drops + %d refused%n", DATAGRAMS, replies, dropped, refused);
            assertEquals(DATAGRAMS, replies + dropped + refused, ledger + ", dropped by the kernel: " + dropped);
            assertTrue(replies > 1 && dropped > 1 && refused > 1, ledger + ", dropped by the kernel: " + dropped);
            assertEquals(replies, ledger.get("udp.answered"));
        }
    }

    @Test
    void saysWhatTheKernelGranted() throws Exception {
        int tooMuch = 1 << 30;
        try (ServerJar jar =
                ServerJar.with("--udp-receive-buffer", String.valueOf(tooMuch)).serve()) {
            // In one read: a second one would find such a file at its end.
            String granted =
                    Files.readAllLines(Path.of("/proc/sys/net/core/rmem_max")).get(0);

            await().until(() -> jar.stderr()
                    .contains(
                            "the UDP receive buffer has " + granted + " bytes and not the " + tooMuch + " asked for"));
        }
    }

    private interface Sending {
        void run() throws IOException;
    }

    /** All of it is in the buffer, or lost, before the server receives the first. */
    private static void whileStopped(ServerJar jar, Sending sending) throws Exception {
        jar.signal("STOP");
        sending.run();
        jar.signal("CONT");
    }

    private static void sendHello(DatagramClient client, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            client.send("hello");
            letTheKernelFollow(i);
        }
    }

    /** A busy kernel may queue what is sent, 1,000 datagrams by default, and no socket counts what comes beyond. */
    private static void letTheKernelFollow(int sent) {
        if (sent % 250 == 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** The server's buffer and that of the client have the same size. It depends on the machine. */
    private static int datagramsThatABufferTakes() throws IOException {
        try (DatagramClient receiver = DatagramClient.of("127.0.0.1", "127.0.0.1", 1);
                DatagramChannel sender = DatagramChannel.open()) {
            sender.connect(receiver.localAddress());
            for (int i = 0; i < DATAGRAMS; i++) {
                sender.write(ByteBuffer.allocate(ServerSettings.DEFAULT_REPLY.length()));
            }
            return receiver.receiveAll();
        }
    }
}
