package io.oneloop;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An event loop on the test's own thread that turns when the test says so, on a machine in the test's hand. */
final class HandDrivenLoop implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Runnable NOTHING = () -> {};

    final ManualClock clock;
    final TestPlatform platform;
    final EventLoop loop;
    /** What the loop reported, as {@code context: error}. */
    final List<String> errors = new ArrayList<>();

    final List<String> failedAccepts = new ArrayList<>();
    /** What is done about each of them. */
    Consumer<TcpListener> onFailedAccept = listener -> {};

    private final List<TestClient> clients = new ArrayList<>();

    HandDrivenLoop() {
        this(0);
    }

    HandDrivenLoop(long clockStartNanos) {
        clock = new ManualClock(clockStartNanos);
        platform = new TestPlatform(clock);
        loop = EventLoop.onThisThread(
                new LoopObserver() {
                    @Override
                    public void onError(String context, Throwable error) {
                        errors.add(context + ": " + error);
                    }

                    @Override
                    public void onAcceptFailed(TcpListener listener, IOException error) {
                        failedAccepts.add(error.getMessage());
                        onFailedAccept.accept(listener);
                    }
                },
                platform);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    void turn() {
        loop.reactor().turn();
    }

    void turns(int count) {
        for (int i = 0; i < count; i++) {
            loop.reactor().turn();
        }
    }

    /** Loopback is quick but not instant, so this waits for what must come; it never waits for time to pass. */
    void turnUntil(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                fail("did not happen: " + what + "; reported: " + errors);
            }
            // A turn with a task does not wait, so the loop does not take these for a selector that spins.
            loop.execute(NOTHING);
            loop.reactor().turn();
        }
    }

    /**
     * Turns until {@code counter} is {@code end}. {@return the most that it rose by in one turn} What the kernel has not
     * ready yet comes in a later one.
     */
    long turnUntilCounted(LoopStats.Counter counter, long end) {
        long[] seen = {loop.stats().get(counter)};
        long[] most = {0};
        turnUntil(counter + " " + end, () -> {
            long now = loop.stats().get(counter);
            most[0] = Math.max(most[0], now - seen[0]);
            seen[0] = now;
            return now == end;
        });
        return most[0];
    }

    /** Moves the clock and lets the timers run. */
    void pass(long millis) {
        clock.advanceMillis(millis);
        turns(2);
    }

    TcpListener listen(TcpHandler handler) throws IOException {
        return listen(TcpOptions.DEFAULT, handler);
    }

    TcpListener listen(TcpOptions options, TcpHandler handler) throws IOException {
        return loop.listenTcp(loopback(0), options, handler);
    }

    /** Opens one connection of {@code handler}. {@return its other end} */
    TestClient open(TcpHandler handler) throws IOException {
        return open(handler, TcpOptions.DEFAULT);
    }

    TestClient open(TcpHandler handler, TcpOptions options) throws IOException {
        return connectAccepted(listen(options, handler));
    }

    void turnUntilEvents(RecordingHandler handler, String... events) {
        turnUntil(List.of(events).toString(), () -> handler.events.equals(List.of(events)));
    }

    long counted(LoopStats.Counter counter) {
        return loop.stats().get(counter);
    }

    TestClient connect(TcpListener listener) throws IOException {
        return keep(new TestClient(listener.localAddress()));
    }

    /** {@return a client for which the server's handler has run its onOpen} */
    TestClient connectAccepted(TcpListener listener) throws IOException {
        long before = accepted();
        TestClient client = connect(listener);
        turnUntil("accept", () -> accepted() > before);
        return client;
    }

    TestClient keep(TestClient client) {
        clients.add(client);
        return client;
    }

    private long accepted() {
        return counted(LoopStats.Counter.ACCEPTED);
    }

    @Override
    public void close() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        loop.shutdown(0);
        // Bounded, since the loop clears the interrupt with which JUnit would end a test that hangs.
        turnUntil("the loop's end", () -> !loop.reactor().hasSources());
        loop.reactor().run();
    }
}
