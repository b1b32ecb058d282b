package io.oneloop.server.counts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IdleMemoryIT {

    private static final int CONNECTIONS = 10_000;
    /** Above what the JDK keeps for a channel and its key, which is about 670 bytes. */
    private static final int MAX_OWN_HEAP_BYTES = 160;

    /** Against a program that keeps a channel per connection and leaves the size of its heap to the JDK. */
    private static final double MAX_RESIDENT_RATIO = 1.2;

    private record Cost(double heapBytesPerConnection, long residentBytes) {}

    @Test
    void keepsLittlePerIdleConnection() throws Exception {
        Cost ours;
        Cost bare;
        try (JavaProcess server = JavaProcess.oneloop("--log", "off")) {
            ours = measure(server);
        }
        try (JavaProcess server = JavaProcess.bare()) {
            bare = measure(server);
        }
        System.out.println("idle connections: oneloop " + ours + ", bare " + bare);
        double own = ours.heapBytesPerConnection - bare.heapBytesPerConnection;
        assertTrue(own <= MAX_OWN_HEAP_BYTES, ours + " against " + bare);
        assertTrue(ours.residentBytes <= MAX_RESIDENT_RATIO * bare.residentBytes, ours + " against " + bare);
    }

    /** One request on each, so that nothing is put off until the first one. */
    private static Cost measure(JavaProcess server) throws Exception {
        try (ClosedLoop clients = new ClosedLoop()) {
            clients.connect(server.tcp(), 1);
            clients.run(1, 1);
            long before = server.liveHeapBytes();
            clients.connect(server.tcp(), CONNECTIONS);
            clients.run(CONNECTIONS + 1, 1);
            return new Cost((server.liveHeapBytes() - before) / (double) CONNECTIONS, server.residentBytes());
        }
    }
}
