package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final long TIME_WAIT_SECONDS = 60;
    private static final Pattern TIME_WAIT = Pattern.compile("(?m)^TCP: .* tw (\\d+)");

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
        await().atMost(2 * TIME_WAIT_SECONDS, TimeUnit.SECONDS).until(TerminationIT::hasRoomForTimeWait);
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
        await().alias("something in TIME_WAIT")
                .until(() -> ss.succeed("-tanH", "state", "time-wait", "sport = :" + port)
                        .contains(port));
        try (RunningJar restarted = RunningJar.start("--tcp-port", port)) {
            Client.assertAnswered(restarted.tcp());
            restarted.stop();
        }
    }

    /** Where the kernel has no room, since other tests' connections fill it, it closes without TIME_WAIT. */
    private static boolean hasRoomForTimeWait() throws IOException {
        Matcher waiting = TIME_WAIT.matcher(Files.readString(Path.of("/proc/net/sockstat")));
        assertTrue(waiting.find(), "no TIME_WAIT in /proc/net/sockstat");
        long most = Long.parseLong(Files.readAllLines(Path.of("/proc/sys/net/ipv4/tcp_max_tw_buckets"))
                .get(0));
        return Long.parseLong(waiting.group(1)) < most - 1_000;
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
