package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 6: clients that send and never read. They are many in one process: ours has no more descriptors than the server. */
@Tag("overload")
@Timeout(300)
class NeverReadingClientsIT {

    /** So that what such a client is owed is owed by the server, and not already in the kernel's send buffer. */
    private static final String SMALL_SEND_BUFFERS = "sysctl -qw net.ipv4.tcp_wmem='4096 4096 8192'";

    private static final int CLIENTS = 19_000;
    private static final int FEW_CLIENTS = 200;

    /** With a reply of 18 bytes to each byte: more than the kernel keeps for such a client, and then far more. */
    private static final int FIRST_BYTES = 2_048;

    private static final int MORE_BYTES = 60_000;

    /** What comes in two reads is less: a client that is owed 64 KiB is not read from. */
    private static final long MIN_OWED_BYTES = 500_000;

    private static final int MAX_MORE_HEAP_PER_CLIENT = 16;

    @Test
    void keepsACountOfWhatItOwesEachAndServesTheOthers() throws Exception {
        ServerJar.Launch launch =
                RunningJar.with("--read-chunk", "1", "--write-timeout", "10m").jvm("-Xmx64m");
        try (RunningJar jar = OwnNetwork.serve(launch, SMALL_SEND_BUFFERS);
                OwnNetwork.Program crowd = crowd(jar, CLIENTS)) {
            ProcessFigures figures = new ProcessFigures(jar);
            long owedLittle = heapAfter(crowd, FIRST_BYTES, figures);
            long owedMuch = heapAfter(crowd, MORE_BYTES, figures);
            assertTrue(
                    owedMuch - owedLittle < (long) CLIENTS * MAX_MORE_HEAP_PER_CLIENT,
                    () -> "from " + owedLittle + " to " + owedMuch + " bytes");
            long residentKib = figures.peakResidentKib();
            crowd.command("leave", "left");
            crowd.command("healthy", "answered");
            LedgerLine ledger = jar.stop();
            System.out.printf(
                    "row 6: %d clients, heap %d KiB after %d requests of each, %d KiB after %d more,"
                            + " when each is owed %d bytes; %d KiB resident at most%n",
                    CLIENTS,
                    owedLittle >> 10,
                    FIRST_BYTES,
                    owedMuch >> 10,
                    MORE_BYTES,
                    ledger.get("bytes_discarded") / CLIENTS,
                    residentKib);
            assertEquals(CLIENTS + 3, ledger.get("accepted"));
            assertEquals(CLIENTS, ledger.get("closed.network_error"));
            assertOwedMuch(ledger.get("bytes_discarded.network_error"), CLIENTS);
        }
    }

    private static long heapAfter(OwnNetwork.Program crowd, int bytes, ProcessFigures figures) throws Exception {
        crowd.command("send " + bytes, "sent");
        crowd.command("healthy", "answered");
        return figures.liveHeapBytes();
    }

    @Test
    void cutsThemOffWhenTheyTakeNothingForTheWriteTimeout() throws Exception {
        ServerJar.Launch launch =
                RunningJar.with("--read-chunk", "1", "--write-timeout", "500ms").jvm(ServerJar.NO_FILES_OF_THE_JVM);
        try (RunningJar jar = OwnNetwork.serve(launch, SMALL_SEND_BUFFERS)) {
            ProcessFigures figures = new ProcessFigures(jar);
            long baseline = figures.descriptors();
            try (OwnNetwork.Program crowd = crowd(jar, FEW_CLIENTS)) {
                crowd.command("send " + MORE_BYTES, "sent");
                await().until(() -> figures.descriptors() == baseline);
                crowd.command("healthy", "answered");
            }
            LedgerLine ledger = jar.stop();
            assertEquals(FEW_CLIENTS + 1, ledger.get("accepted"));
            assertEquals(FEW_CLIENTS, ledger.get("closed.write_timeout"));
            assertOwedMuch(ledger.get("bytes_discarded.write_timeout"), FEW_CLIENTS);
        }
    }

    private static void assertOwedMuch(long bytes, int clients) {
        assertTrue(bytes > clients * MIN_OWED_BYTES, () -> bytes + " bytes owed to " + clients + " clients");
    }

    private static OwnNetwork.Program crowd(RunningJar jar, int clients) throws IOException {
        OwnNetwork.Program crowd =
                new OwnNetwork.Program(jar, "never_reading.py", jar.tcp().getPort(), clients);
        crowd.expect("connected " + clients);
        return crowd;
    }
}
