package io.oneloop;

import static io.oneloop.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A handler that throws, that blocks, that allocates without end. */
class HandlerFaultTest {

    /** Answers, except to what begins with a letter that it knows. */
    private static final class Faulty implements TcpHandler {
        private final List<byte[]> hoard = new ArrayList<>();
        private final CountDownLatch unblocked;

        Faulty(CountDownLatch unblocked) {
            this.unblocked = unblocked;
        }

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) throws InterruptedException {
            switch (data.get(0)) {
                case 't' -> throw new IllegalStateException("thrown");
                case 'b' -> block();
                case 'a' -> allocateWithoutEnd();
                default -> connection.send(data);
            }
        }

        private void block() throws InterruptedException {
            assertTrue(unblocked.await(60, TimeUnit.SECONDS));
        }

        private void allocateWithoutEnd() {
            try {
                while (true) {
                    hoard.add(new byte[1024]);
                }
            } finally {
                hoard.clear();
            }
        }
    }

    private static final class Witness implements LoopObserver {
        final List<String> errors = new CopyOnWriteArrayList<>();
        final List<StackTraceElement[]> slow = new CopyOnWriteArrayList<>();
        final CountDownLatch sawBlock = new CountDownLatch(1);

        @Override
        public void onError(String context, Throwable error) {
            errors.add(error.toString());
        }

        @Override
        public void onSlowCallback(long millis, StackTraceElement[] stack) {
            slow.add(stack);
            if (isBlock(stack)) {
                sawBlock.countDown();
            }
        }
    }

    private static boolean isBlock(StackTraceElement[] stack) {
        return Arrays.toString(stack).contains("Faulty.block");
    }

    private static InetSocketAddress listen(EventLoop loop, Witness witness) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return loop.listenTcp(any, new Faulty(witness.sawBlock)).localAddress();
    }

    private static boolean isCutOff(InetSocketAddress server, String fault) throws IOException {
        try (Socket client = FaultyMachine.connect(server)) {
            client.getOutputStream().write(fault.getBytes(StandardCharsets.UTF_8));
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void throwingEndsThatConnectionAlone() throws IOException {
        Witness witness = new Witness();
        try (EventLoop loop = EventLoop.start("faulty", witness)) {
            InetSocketAddress server = listen(loop, witness);
            try (Socket other = FaultyMachine.connect(server)) {
                assertTrue(isCutOff(server, "throw"));
                assertEquals("healthy", FaultyMachine.exchange(other, "healthy"));
            }
            assertEquals(1, loop.stats().closed(CloseReason.HANDLER_ERROR));
            assertEquals(List.of("java.lang.IllegalStateException: thrown"), witness.errors);
        }
    }

    @Test
    void blockingIsReportedWithTheStackOfTheLoopsThread() throws IOException {
        Witness witness = new Witness();
        try (EventLoop loop = EventLoop.start("faulty", witness)) {
            InetSocketAddress server = listen(loop, witness);
            try (Socket client = FaultyMachine.connect(server)) {
                // The handler blocks until that has been seen, however late a busy machine lets the watchdog look.
                client.getOutputStream().write('b');
                await().until(() -> witness.slow.stream().anyMatch(HandlerFaultTest::isBlock));
                assertEquals("on", FaultyMachine.exchange(client, "on"));
            }
            try (Socket next = FaultyMachine.connect(server)) {
                assertEquals("healthy", FaultyMachine.exchange(next, "healthy"));
            }
        }
    }

    @Test
    void allocatingWithoutEndEndsThatConnectionAlone() throws Exception {
        String classes = String.join(File.pathSeparator, "target/classes", "target/test-classes");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        // Others give up in their own words.
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes,
                        SmallHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals("cut off, served after [java.lang.OutOfMemoryError: Java heap space]", output.strip());
    }

    /** In a JVM of its own, whose heap may be filled. */
    static final class SmallHeap {
        public static void main(String[] arguments) throws IOException {
            Witness witness = new Witness();
            try (EventLoop loop = EventLoop.start("faulty", witness)) {
                InetSocketAddress server = listen(loop, witness);
                try (Socket other = FaultyMachine.connect(server)) {
                    String end = isCutOff(server, "allocate") ? "cut off, " : "";
                    System.out.println(end + FaultyMachine.exchange(other, "served after ") + witness.errors);
                }
            }
        }
    }
}
