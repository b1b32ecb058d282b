package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 18: every system call that the event loop makes fails, again and again, under load. */
@Tag("overload")
@Timeout(300)
class InjectedFaultsIT {

    private static final int FAULTS = 10_000;
    private static final int TCP_THREADS = 16;
    private static final int PATIENCE_MILLIS = 100;
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(120);

    /** What strace is told to inject, in batches of equal size. */
    private static final List<String> INJECTIONS = List.of(
            "accept:error=ECONNABORTED:when=1+2",
            "accept:error=EMFILE:when=1+2",
            "accept:error=ENOMEM",
            "accept:error=EPERM:when=1+2",
            "read:error=ECONNRESET:when=1+2",
            "read:error=EINTR:when=1+2",
            "read:error=EIO:when=1+3",
            "write:error=EPIPE:when=1+2",
            "write:error=EAGAIN:when=1+2",
            "write:error=ENOBUFS:when=1+3",
            "epoll_wait:error=EINTR:when=1+2",
            "epoll_wait:error=EBADF:when=1+3",
            "epoll_wait:retval=0",
            "epoll_ctl:error=ENOMEM:when=1+3",
            "epoll_ctl:error=ENOSPC:when=2+3",
            "sendto:error=EPERM:when=1+2",
            "sendto:error=ENOBUFS:when=1+2",
            "sendto:error=EAGAIN:when=1+2",
            "recvfrom:error=ECONNREFUSED:when=1+2",
            "recvfrom:error=ENOMEM:when=1+2",
            "recvfrom:error=ENOMEM");

    /** After so many empty returns in a row, core takes a new selector. Twice, and some. */
    private static final int SPINS = 3 * 512;

    private final ExecutorService threads = Executors.newFixedThreadPool(TCP_THREADS + 1);
    private volatile boolean stopped;

    @Test
    void answersAHealthyClientAfterEachBatch() throws Exception {
        ServerJar.Launch launch = RunningJar.with("--idle-timeout", "2s").jvm(ServerJar.NO_FILES_OF_THE_JVM);
        try (RunningJar jar = RunningJar.serve(launch)) {
            ProcessFigures figures = new ProcessFigures(jar);
            // Before any client: one that has seen its end may still be open on the server's side.
            long baseline = figures.descriptors();
            Client.assertAnswered(jar.tcp());
            for (int i = 0; i < TCP_THREADS; i++) {
                threads.submit(() -> exchangeTcp(jar));
            }
            threads.submit(() -> exchangeUdp(jar));
            // So that no class is still to be read from the jar, which would fail as well.
            for (int i = 0; i < 1_000; i++) {
                Client.assertAnswered(jar.tcp());
                new Client(jar.tcp()).send(5_000).reset();
            }
            long total = 0;
            for (String injection : INJECTIONS) {
                long faults = inject(jar, injection, FAULTS / INJECTIONS.size());
                assertTrue(jar.isAlive(), () -> "ended by " + injection);
                assertAnswered(jar);
                System.out.println("row 18: " + injection + ": " + faults + " faults");
                total += faults;
            }
            assertTrue(total >= FAULTS, "only " + total + " faults");
            stopped = true;
            threads.shutdown();
            assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
            await().untilAsserted(() -> assertEquals(baseline, figures.descriptors()));
            jar.stop();
        } finally {
            stopped = true;
            threads.shutdownNow();
        }
    }

    @Test
    void keepsEveryoneWhenTheSelectorReturnsAtOnceWithNothing() throws Exception {
        try (RunningJar jar = RunningJar.start();
                Client held = new Client(jar.tcp())) {
            held.send(1).expectReply();
            inject(jar, "epoll_wait:retval=0", SPINS);
            await().until(() -> jar.log().stream()
                    .anyMatch(line -> line.contains("misbehaved and has been set up anew, connections kept")
                            && line.contains("select returned 512 times in a row with nothing ready")));
            held.send(1).expectReply();
            assertAnswered(jar);
            assertEquals(3, jar.stop().get("requests"));
        }
    }

    private static void assertAnswered(RunningJar jar) throws IOException {
        Client.assertAnswered(jar.tcp());
        try (DatagramClient client =
                DatagramClient.of("127.0.0.1", "127.0.0.1", jar.udp().getPort())) {
            client.send("hello");
            assertEquals(ServerSettings.DEFAULT_REPLY, client.receive());
        }
    }

    /** {@return how many faults were injected until there were enough, or the time was over} */
    private static long inject(RunningJar jar, String injection, int enough) throws IOException {
        String call = injection.substring(0, injection.indexOf(':'));
        try (Strace strace = new Strace(jar, "trace=" + call, "inject=" + injection)) {
            await().atMost(BATCH_LIMIT).until(() -> strace.count("(INJECTED)") >= enough);
            strace.stop();
            return strace.count("(INJECTED)");
        }
    }

    private void exchangeTcp(RunningJar jar) {
        while (!stopped) {
            try (Socket socket = new Socket()) {
                // The JDK does not look at what epoll_ctl returns: then the loop never hears of a connection.
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.connect(jar.tcp(), PATIENCE_MILLIS);
                socket.getOutputStream().write('?');
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException fault) {
                // One of those that are injected.
            }
        }
    }

    private Void exchangeUdp(RunningJar jar) throws IOException {
        byte[] question = new byte[100];
        try (DatagramSocket socket = new DatagramSocket()) {
            while (!stopped) {
                socket.send(new DatagramPacket(question, question.length, jar.udp()));
                await().pollDelay(Duration.ofMillis(1)).until(() -> true);
            }
        }
        return null;
    }
}
