package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** Counts the bytes that a request costs the garbage collector. Both ends are on this thread, so both are counted. */
class AllocationTest {

    private static final int REQUESTS = 100_000;
    /** The counting itself, and a compiler that is still at work. Less than one byte for each request. */
    private static final long TOLERATED_BYTES = REQUESTS / 2;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void tcpRequestAndReplyAllocateNothing() throws IOException {
        Reply reply = Reply.of("hahahahah----ok---");
        EventLoop loop = EventLoop.onThisThread(LoopObserver.DEFAULT, Platform.SYSTEM);
        TcpListener listener = loop.listenTcp(HandDrivenLoop.loopback(0), (connection, data) -> connection.send(reply));
        try (SocketChannel client = SocketChannel.open(listener.localAddress())) {
            client.configureBlocking(false);
            ByteBuffer request = ByteBuffer.allocateDirect(5);
            ByteBuffer answer = ByteBuffer.allocateDirect(18);
            ask(loop, client, request, answer, REQUESTS / 2);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            ask(loop, client, request, answer, REQUESTS);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < TOLERATED_BYTES, () -> allocated + " bytes for " + REQUESTS + " requests");
        }
        loop.shutdown(0);
        loop.reactor().run();
    }

    private static void ask(EventLoop loop, SocketChannel client, ByteBuffer request, ByteBuffer answer, int times)
            throws IOException {
        for (int i = 0; i < times; i++) {
            long before = loop.stats().get(Counter.WRITES);
            client.write(request.clear());
            // Not until the answer is here: while that is on its way, nothing is to come that would end a select.
            while (loop.stats().get(Counter.WRITES) == before) {
                loop.reactor().turn();
            }
            answer.clear();
            while (client.read(answer) >= 0 && answer.hasRemaining()) {
                Thread.onSpinWait();
            }
        }
    }
}
