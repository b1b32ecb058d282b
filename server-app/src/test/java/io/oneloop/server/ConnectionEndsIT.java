package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 9: clients end their connections in every way there is, at any moment. */
@Tag("overload")
@Timeout(300)
class ConnectionEndsIT {

    private static final int CLIENTS = 100_000;
    private static final int AT_ONCE = 50;
    private static final int HEALTHY_EVERY = 10_000;
    /** Each has ephemeral ports of its own, and some of these ends leave theirs in TIME_WAIT. */
    private static final int ADDRESSES = 8;

    private static final long SEED = 20_210;

    @Test
    void endsThatConnectionAloneAndLeavesNoDescriptorBehind() throws Exception {
        ServerJar.Launch launch = RunningJar.with().jvm("-Xmx64m", ServerJar.NO_FILES_OF_THE_JVM);
        try (RunningJar jar = RunningJar.serve(launch)) {
            ProcessFigures figures = new ProcessFigures(jar);
            // Before any client: one that has seen its end may still be open on the server's side.
            long baseline = figures.descriptors();
            Client.assertAnswered(jar.tcp());
            Random random = new Random(SEED);
            Deque<Begun> open = new ArrayDeque<>();
            for (int i = 0; i < CLIENTS; i++) {
                open.add(begin(new Client(jar.tcpAt(1 + i % ADDRESSES)), random.nextInt(4)));
                if (open.size() == AT_ONCE) {
                    end(open.poll(), random.nextInt(4));
                }
                if (i % HEALTHY_EVERY == 0) {
                    Client.assertAnswered(jar.tcp());
                }
            }
            for (Begun begun : open) {
                begun.client.reset();
            }
            Client.assertAnswered(jar.tcp());
            await().untilAsserted(() -> assertEquals(baseline, figures.descriptors()));
            LedgerLine ledger = jar.stop();
            assertEquals(CLIENTS + 2 + CLIENTS / HEALTHY_EVERY, ledger.get("accepted"));
            // A machine under load may make a callback slow, which is told too.
            List<String> errors =
                    jar.log().stream().filter(line -> line.contains("Error in")).toList();
            assertEquals(List.of(), errors, "with seed " + SEED);
        }
    }

    /** @param repliesUnderWay what the client gets if it waits for it */
    private record Begun(Client client, int repliesUnderWay) {}

    /** So that the end meets the server before, while, or after it reads and answers. */
    private static Begun begin(Client client, int way) throws IOException {
        return switch (way) {
            case 0 -> new Begun(client, 0);
            case 1 -> new Begun(client.send(1), 1);
            case 2 -> new Begun(client.send(5_000), 5);
            default -> new Begun(client.send(1).expectReply(), 0);
        };
    }

    private static void end(Begun begun, int way) throws IOException {
        Client client = begun.client;
        switch (way) {
            // A close with unread replies sends a RST, one without them a FIN.
            case 0 -> client.close();
            case 1 -> client.reset();
            case 2 -> {
                // The reply to this meets a socket that is gone: RST, then EPIPE.
                client.send(2_000);
                client.close();
            }
            default -> {
                assertEquals(
                        begun.repliesUnderWay * Client.REPLY.length,
                        client.finish().readToEnd());
                client.close();
            }
        }
    }
}
