package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 1: the process has no descriptor left for the clients that come. */
@Tag("overload")
@Timeout(300)
class DescriptorExhaustionIT {

    private static final int DESCRIPTORS = 60;
    private static final int CLIENTS = 150;
    private static final Duration WATCHED = Duration.ofSeconds(3);
    private static final int MAX_SELECTS_PER_SECOND = 50;

    @Test
    void tellsWhoDoesNotFitByACloseAndServesAllOnceDescriptorsReturn() throws Exception {
        ServerJar.Launch launch = RunningJar.with("--max-connections", "1000")
                .under(DebianTool.PRLIMIT.command("--nofile=" + DESCRIPTORS))
                .jvm(ServerJar.NO_FILES_OF_THE_JVM);
        try (RunningJar jar = RunningJar.serve(launch)) {
            ProcessFigures figures = new ProcessFigures(jar);
            long baseline = figures.descriptors();
            List<Client> inside = new ArrayList<>();
            for (Client client : connectAll(jar)) {
                if (isServed(client)) {
                    inside.add(client);
                } else {
                    client.close();
                }
            }
            assertTrue(inside.size() > 1 && inside.size() < DESCRIPTORS, () -> inside.size() + " were served");

            long start = System.nanoTime();
            double selects = selectsPerSecondWhileTurningAway(jar);
            assertTrue(selects < MAX_SELECTS_PER_SECOND, () -> selects + " selects a second");
            long linesAllowed = 2 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + WATCHED.toSeconds();
            long lines = jar.log().stream()
                    .filter(line -> line.contains("cannot accept"))
                    .count();
            assertTrue(lines >= 1 && lines <= linesAllowed, () -> "lines: " + lines);

            System.out.printf(
                    "row 1: %d of %d clients inside, %.1f selects/s, %d lines%n",
                    inside.size(), CLIENTS, selects, lines);

            for (Client client : inside) {
                client.send(1).expectReply().close();
            }
            await().untilAsserted(() -> assertEquals(baseline, figures.descriptors()));
            for (int i = 0; i < CLIENTS; i++) {
                Client.assertAnswered(jar.tcp());
            }
            assertEquals(inside.size() + CLIENTS, jar.stop().get("accepted"));
        }
    }

    private static List<Client> connectAll(RunningJar jar) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(jar.tcp()));
        }
        return clients;
    }

    /** {@return true if the client gets a reply, false if it is told by a close or a reset} */
    private static boolean isServed(Client client) {
        try {
            client.send(1).expectReply();
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Clients keep coming, each anew as soon as it is turned away. */
    private static double selectsPerSecondWhileTurningAway(RunningJar jar) throws IOException {
        long start = System.nanoTime();
        try (Strace strace = new Strace(jar, "trace=epoll_wait")) {
            while (System.nanoTime() - start < WATCHED.toNanos()) {
                try (Client client = new Client(jar.tcp())) {
                    isServed(client);
                }
            }
            strace.stop();
            double seconds = (System.nanoTime() - start) / 1e9;
            return strace.count("epoll_wait(") / seconds;
        }
    }
}
