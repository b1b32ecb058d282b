package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 3: clients connect while the process stands still. */
@Tag("overload")
@Timeout(300)
class ConnectFloodIT {

    private static final int CLIENTS = 2_000;
    private static final int BACKLOG = 4_096;
    private static final Duration STOPPED = Duration.ofMillis(1_500);

    @Test
    void losesNoneOfTheClientsThatConnectWhileItIsStopped() throws Exception {
        // Line by line: a setting of the kernel comes with the first read(2) or not at all.
        Path setting = Path.of("/proc/sys/net/core/somaxconn");
        int most = Integer.parseInt(Files.readAllLines(setting).get(0));
        assertTrue(most >= BACKLOG, "the kernel caps every backlog at " + most + "; sysctl -w net.core.somaxconn=4096");
        try (RunningJar jar = RunningJar.start()) {
            Client.assertAnswered(jar.tcp());
            jar.signal("STOP");
            long start = System.nanoTime();
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(jar.tcp()).send(1));
            }
            await().until(() -> System.nanoTime() - start >= STOPPED.toNanos());
            jar.signal("CONT");

            for (Client client : clients) {
                client.expectReply().finish();
                assertEquals(0, client.readToEnd());
                client.close();
            }
            assertEquals(0, droppedByListener(jar.tcp().getPort()));
            assertEquals(CLIENTS + 1, jar.stop().get("accepted"));
        }
    }

    /** The counter of that socket: those in /proc/net/netstat are of the whole machine and all its servers. */
    private static long droppedByListener(int port) throws Exception {
        String sockets = new DebianTool("ss", "iproute2").succeed("-tlnmH", "sport = :" + port);
        Matcher drops = Pattern.compile("skmem:\\(.*,d(\\d+)\\)").matcher(sockets);
        assertTrue(drops.find(), sockets);
        return Long.parseLong(drops.group(1));
    }
}
