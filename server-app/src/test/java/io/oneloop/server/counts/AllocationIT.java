package io.oneloop.server.counts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationIT {

    private static final long REQUESTS = 1_000_000;
    private static final long WARM_UP = 100_000;

    /** What the JDK may allocate once in a run. An object has 16 bytes at least, so one per request would be far more. */
    private static final long ONCE = 4096;

    private static final int SOURCES = 64;

    private static final long IN_TURN = 100_000;

    /** Or what each allocates depends on how far its compiler has come. */
    private static final String AS_WRITTEN = "-XX:-DoEscapeAnalysis";

    @Test
    void allocatesNothingPerTcpRequest() throws Exception {
        try (JavaProcess server = JavaProcess.oneloop("--per", "line", "--log", "off");
                ClosedLoop clients = new ClosedLoop()) {
            // Past descriptor 127, the largest whose Integer the JDK keeps unless it is told otherwise.
            clients.connect(server.tcp(), 200);
            assertNothing(allocated(server, clients, 1), "requests");
        }
    }

    @Test
    void allocatesNothingPerDatagramOfARepeatedSource() throws Exception {
        try (JavaProcess server = JavaProcess.oneloop("--per", "line", "--log", "off");
                ClosedLoop clients = new ClosedLoop()) {
            clients.bind(server.udp(), 1);
            assertNothing(allocated(server, clients, 32), "datagrams");
        }
    }

    @Test
    void allocatesNoMorePerDatagramOfChangingSourcesThanTheJdk() throws Exception {
        long ours = ofChangingSources(JavaProcess.oneloopUnder(AS_WRITTEN, "--per", "line", "--log", "off"));
        long bare = ofChangingSources(JavaProcess.bareUnder(AS_WRITTEN));
        String figures = ours + " bytes for " + IN_TURN + " datagrams in turn of " + SOURCES + " sources, bare " + bare;
        System.out.println("allocated: " + figures);
        assertTrue(bare >= 16 * IN_TURN, "the JDK should make an address each time: " + figures);
        assertTrue(ours <= bare + ONCE, figures);
    }

    private static long ofChangingSources(JavaProcess started) throws Exception {
        try (JavaProcess server = started;
                ClosedLoop clients = new ClosedLoop()) {
            clients.bind(server.udp(), SOURCES);
            clients.runInTurn(WARM_UP);
            long before = server.allocatedByLoop();
            clients.runInTurn(IN_TURN);
            return server.allocatedByLoop() - before;
        }
    }

    private static long allocated(JavaProcess server, ClosedLoop clients, int inFlight) throws Exception {
        clients.run(WARM_UP, inFlight);
        long before = server.allocatedByLoop();
        clients.run(REQUESTS, inFlight);
        return server.allocatedByLoop() - before;
    }

    private static void assertNothing(long bytes, String what) {
        System.out.println("allocated: " + bytes + " bytes for " + REQUESTS + " " + what);
        assertTrue(bytes <= ONCE, bytes + " bytes for " + REQUESTS + " " + what);
    }
}
