package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 16: the server is told to end, or killed, while clients are busy with it. */
@Tag("overload")
@Timeout(300)
class TerminationIT {

    private static final int CLIENTS = 50;
    private static final long REPLIES_BEFORE = 10_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicLong replies = new AtomicLong();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void tearsNoReplyWhenItIsToldToEndUnderLoad() throws Exception {
        try (RunningJar jar = RunningJar.start("--drain", "5s")) {
            List<Future<Long>> streams = load(jar);
            await().until(() -> replies.get() > REPLIES_BEFORE);
            LedgerLine ledger = jar.stop();
            long bytes = 0;
            for (Future<Long> stream : streams) {
                assertEquals(0, stream.get() % Client.REPLY.length, "the last reply is torn");
                bytes += stream.get();
            }
            assertEquals(ledger.get("bytes_written"), bytes);
            assertEquals(ledger.get("requests") * Client.REPLY.length, bytes);
        }
    }

    @Test
    void hasItsPortAgainAtOnceAfterItWasKilledUnderLoad() throws Exception {
        String port;
        try (RunningJar killed = RunningJar.start()) {
            load(killed);
            await().until(() -> replies.get() > REPLIES_BEFORE);
            port = Integer.toString(killed.tcp().getPort());
            // The side that closes first keeps TIME_WAIT; with unread bytes it would send a RST and keep nothing.
            Client quiet = new Client(killed.tcp()).send(1).expectReply();
            killed.kill();
            assertEquals(0, quiet.readToEnd());
            quiet.close();
        }
        DebianTool ss = new DebianTool("ss", "iproute2");
        String waiting = ss.succeed("-tanH", "state", "time-wait", "sport = :" + port);
        assertTrue(waiting.contains(port), "nothing is in TIME_WAIT");
        try (RunningJar restarted = RunningJar.start("--tcp-port", port)) {
            Client.assertAnswered(restarted.tcp());
            restarted.stop();
        }
    }

    /** {@return the bytes that each client gets in all} Each has a request under way at any time, until the end. */
    private List<Future<Long>> load(RunningJar jar) throws Exception {
        List<Callable<Long>> clients = new ArrayList<>();
        List<Future<Long>> streams = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(jar.tcp());
            clients.add(() -> exchangeUntilTheEnd(client));
        }
        for (Callable<Long> client : clients) {
            streams.add(threads.submit(client));
        }
        return streams;
    }

    private long exchangeUntilTheEnd(Client client) throws IOException {
        long complete = 0;
        try (client) {
            while (true) {
                client.send(1);
                int got = client.readReply();
                complete += got;
                if (got < Client.REPLY.length) {
                    return complete;
                }
                replies.incrementAndGet();
            }
        } catch (IOException reset) {
            return complete;
        }
    }
}
