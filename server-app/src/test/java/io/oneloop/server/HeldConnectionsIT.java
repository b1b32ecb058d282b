package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 19: as many connections as a default descriptor limit of 20,000 allows, all of them in use. */
@Tag("overload")
@Timeout(300)
class HeldConnectionsIT {

    private static final int CLIENTS = 19_900;
    private static final int ROUNDS = 10;
    private static final int MAX_RESIDENT_KIB = 128 * 1024;

    @Test
    void answersEachOfTheConnectionsItHoldsWithinItsMemory() throws Exception {
        try (RunningJar jar = RunningJar.serve(RunningJar.with().jvm("-Xmx64m"))) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(jar.tcp()));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Client client : clients) {
                    client.send(100);
                }
                for (Client client : clients) {
                    client.expectReply();
                }
            }
            long residentKib = new ProcessFigures(jar).peakResidentKib();
            assertTrue(residentKib < MAX_RESIDENT_KIB, () -> residentKib + " KiB resident");
            System.out.printf("row 19: %d connections, %d KiB resident at most%n", CLIENTS, residentKib);
            for (Client client : clients) {
                client.reset();
            }
            LedgerLine ledger = jar.stop();
            assertEquals(CLIENTS, ledger.get("accepted"));
            assertEquals((long) CLIENTS * ROUNDS, ledger.get("requests"));
            assertEquals((long) CLIENTS * ROUNDS * Client.REPLY.length, ledger.get("bytes_written"));
        }
    }
}
