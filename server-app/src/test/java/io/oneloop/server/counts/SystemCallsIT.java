package io.oneloop.server.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCallsIT {

    private static final int REQUESTS = 50_000;
    private static final int CONNECTIONS = 2_000;

    /** For what happens once in a while, such as a read that comes too early. */
    private static final double TOLERANCE = 0.005;

    @TempDir
    Path scratch;

    @Test
    void readsAndWritesOncePerTcpRequest() throws Exception {
        try (JavaProcess server = JavaProcess.oneloop("--per", "line", "--log", "off");
                ClosedLoop clients = new ClosedLoop()) {
            clients.connect(server.tcp(), 50);
            SystemCalls calls = perRequest(server, clients, 1);
            assertEquals(2.00, calls.besideWaiting() / (double) REQUESTS, TOLERANCE, calls.toString());
            assertTrue(calls.of("epoll_wait") <= 0.05 * REQUESTS, calls.toString());
        }
    }

    @Test
    void receivesAndSendsOncePerDatagram() throws Exception {
        assertCallsPerDatagram(2.00, 50, 4);
    }

    /** It takes a receive that finds nothing to know that it is alone. */
    @Test
    void callsOnceMoreForADatagramThatComesAlone() throws Exception {
        assertCallsPerDatagram(3.00, 1, 1);
    }

    @Test
    void callsNoMorePerConnectionThanTheJdkNeeds() throws Exception {
        try (JavaProcess server = JavaProcess.oneloop("--log", "off");
                JavaProcess bare = JavaProcess.bare()) {
            SystemCalls ours = perConnection(server);
            SystemCalls theirs = perConnection(bare);
            double most = theirs.besideWaiting() + TOLERANCE * CONNECTIONS;
            assertTrue(ours.besideWaiting() <= most, () -> ours + " against " + theirs);
        }
    }

    private void assertCallsPerDatagram(double expected, int sockets, int inFlight) throws Exception {
        try (JavaProcess server = JavaProcess.oneloop("--per", "line", "--log", "off");
                ClosedLoop clients = new ClosedLoop()) {
            clients.bind(server.udp(), sockets);
            SystemCalls calls = perRequest(server, clients, inFlight);
            assertEquals(expected, calls.besideWaiting() / (double) REQUESTS, TOLERANCE, calls.toString());
        }
    }

    private SystemCalls perRequest(JavaProcess server, ClosedLoop clients, int inFlight) throws Exception {
        clients.run(REQUESTS, inFlight);
        return report(SystemCalls.count(server.loopThreadId(), scratch, () -> clients.run(REQUESTS, inFlight)));
    }

    private SystemCalls perConnection(JavaProcess server) throws Exception {
        connect(server);
        return report(SystemCalls.count(server.loopThreadId(), scratch, () -> connect(server)));
    }

    /** One request each, and the end of the stream from our side; the last is closed when the server has closed it. */
    private static void connect(JavaProcess server) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket socket =
                    new Socket(server.tcp().getAddress(), server.tcp().getPort())) {
                socket.getOutputStream().write('\n');
                socket.getInputStream().readNBytes(ClosedLoop.REPLY_BYTES);
                socket.shutdownOutput();
                socket.getInputStream().read();
            }
        }
    }

    private static SystemCalls report(SystemCalls calls) {
        System.out.println("system calls: " + calls);
        return calls;
    }
}
