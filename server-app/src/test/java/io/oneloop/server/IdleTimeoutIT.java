package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 8: clients that come and say nothing. */
@Tag("overload")
@Timeout(300)
class IdleTimeoutIT {

    private static final int READ_LIMIT_MILLIS = 60_000;
    /** The active must be given a processor within it, however many others want one. */
    private static final String IDLE = "4s";

    private static final String REPLY = ServerSettings.DEFAULT_REPLY;

    @Test
    void closesTheSilentAndNeverTheActive() throws Exception {
        try (ServerJar jar = ServerJar.with("--idle-timeout", IDLE).serve();
                Socket silent = connect(jar);
                Socket active = connect(jar)) {
            CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> readOne(silent));
            int exchanges = 0;
            do {
                exchange(active);
                exchanges++;
            } while (!end.isDone());

            assertEquals(-1, end.join());
            exchange(active);
            silent.shutdownOutput();
            active.shutdownOutput();
            LedgerLine ledger = jar.end();
            System.out.printf("row 8: closed the silent one while the other had %d replies%n", exchanges);
            assertEquals(exchanges + 1, ledger.get("requests"), ledger::toString);
            assertEquals(1, ledger.get("closed.idle_timeout"), ledger::toString);
            assertEquals(1, ledger.get("closed.peer_finished"), ledger::toString);
        }
    }

    @Test
    void letsGoOfTheSilentWhoDoNotEvenClose() throws Exception {
        try (ServerJar jar = ServerJar.with("--idle-timeout", "200ms").serve();
                Socket silent = connect(jar)) {
            assertEquals(-1, readOne(silent));

            await().until(() -> jar.stderr().contains("silent for too long"));
            assertEquals(1, jar.end().get("closed.idle_timeout"));
        }
    }

    @Test
    void takesASlowLineForActivityByteByByte() throws Exception {
        try (ServerJar jar =
                        ServerJar.with("--idle-timeout", IDLE, "--per", "line").serve();
                Socket silent = connect(jar);
                Socket slow = connect(jar)) {
            CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> readOne(silent));
            await().until(() -> {
                slow.getOutputStream().write('x');
                return end.isDone();
            });

            slow.getOutputStream().write('\n');
            assertEquals(REPLY, new String(slow.getInputStream().readNBytes(REPLY.length())));
        }
    }

    private static Socket connect(ServerJar jar) throws IOException {
        Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort());
        // An interrupt, which is all that a JUnit timeout has, does not end a read.
        client.setSoTimeout(READ_LIMIT_MILLIS);
        return client;
    }

    private static void exchange(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertEquals(REPLY.length(), client.getInputStream().readNBytes(REPLY.length()).length);
    }

    private static int readOne(Socket client) {
        try {
            return client.getInputStream().read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
