package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks that do at random whatever they may, to their own connection and to others, on a loop that talks to itself. */
class ReentrancyTest {

    private static final int TURNS = 400;
    private static final int MOST_CONNECTIONS = 40;

    /** Each connection sends these over and over, however it cuts them. */
    private static final String DIGITS = "0123456789";

    private static final Reply CYCLES = Reply.of(DIGITS.repeat(300));
    private static final Reply FIRST_SEVEN = Reply.of(DIGITS.substring(0, 7));
    private static final Reply LAST_THREE = Reply.of(DIGITS.substring(7));

    private static final TcpOptions OPTIONS = TcpOptions.builder()
            .highWaterBytes(50)
            .maxPendingBytes(5_000)
            .idleTimeoutMillis(500)
            .writeTimeoutMillis(700)
            .closeTimeoutMillis(300)
            .build();

    /** How many digits each side of a connection has sent and received. */
    private static final class Traffic {
        int sent;
        int received;
    }

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final Restless handler = new Restless();
    private final List<TcpListener> listeners = new ArrayList<>();
    private final List<TcpConnector> connectors = new ArrayList<>();
    private final List<TcpConnection> connections = new ArrayList<>();
    private Random random;
    private String running;
    private boolean quiet;
    private int opened;
    private int closed;

    @AfterEach
    void end() throws IOException {
        driver.close();
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void promisesHoldWhateverCallbacksDo(long seed) {
        random = new Random(seed);
        driver.loop.execute(() -> within("task", this::listen));
        for (int i = 0; i < TURNS; i++) {
            driver.platform.writeChunk = random.nextInt(4) == 0 ? random.nextInt(30) : Integer.MAX_VALUE;
            driver.clock.advanceMillis(random.nextInt(20));
            driver.loop.execute(() -> within("task", this::connect));
            driver.turn();
        }
        quiet = true;
        driver.platform.writeChunk = Integer.MAX_VALUE;
        driver.turns(10);
        for (TcpConnection connection : connections) {
            assertEquals(0, connection.pendingBytes(), connection::toString);
        }
        driver.loop.shutdown(100);
        driver.turn();
        driver.clock.advanceMillis(100);
        driver.turnUntil("the end", () -> !driver.loop.reactor().hasSources());
        assertEquals(List.of(), unexpectedErrors());
        assertTrue(opened > 20, () -> opened + " connections opened");
        assertEquals(opened, closed);
        assertFalse(driver.platform.streams.stream().anyMatch(ChunkedChannel::isOpen));
        LoopStats stats = driver.loop.stats();
        assertEquals(
                stats.get(Counter.BYTES_SENT), stats.get(Counter.BYTES_WRITTEN) + stats.get(Counter.BYTES_DISCARDED));
        assertTrue(stats.get(Counter.BYTES_READ) <= stats.get(Counter.BYTES_WRITTEN));
    }

    private List<String> unexpectedErrors() {
        return driver.errors.stream()
                .filter(error -> !error.endsWith("for the test"))
                .toList();
    }

    /** No callback within another. */
    private void within(String what, Runnable callback) {
        assertNull(running, what);
        running = what;
        try {
            callback.run();
        } finally {
            running = null;
        }
    }

    // ---- what a callback may do ----------------------------------------------------------------------------------

    private void act(TcpConnection own) {
        for (int i = quiet ? 0 : random.nextInt(3); i > 0; i--) {
            TcpConnection one = random.nextBoolean() || connections.isEmpty() ? own : anyOf(connections);
            switch (random.nextInt(16)) {
                case 0 -> one.close();
                case 1 -> one.abort();
                case 2 -> one.shutdownOutput();
                case 3 -> one.pauseReads();
                case 4 -> one.resumeReads();
                case 5 -> driver.loop.execute(() -> within("task", () -> act(one)));
                case 6 ->
                    driver.loop.after(random.nextInt(50), TimeUnit.MILLISECONDS, () -> within("timer", () -> act(one)));
                case 7 -> connect();
                case 8 -> cancel();
                case 9 -> replaceListener();
                case 10 -> throw new IllegalStateException("for the test");
                case 11, 12 -> sendReply(one);
                default -> sendDigits(one, random.nextInt(80));
            }
        }
    }

    private void sendDigits(TcpConnection connection, int count) {
        Traffic traffic = (Traffic) connection.attachment();
        ByteBuffer data = random.nextBoolean() ? ByteBuffer.allocate(count) : ByteBuffer.allocateDirect(count);
        while (data.hasRemaining()) {
            data.put((byte) digit(traffic.sent++));
        }
        connection.send(data.flip());
    }

    /** What fits where the last one has ended. */
    private void sendReply(TcpConnection connection) {
        Traffic traffic = (Traffic) connection.attachment();
        switch (digit(traffic.sent)) {
            case '0' -> {
                connection.send(CYCLES, random.nextInt(3));
                connection.send(FIRST_SEVEN);
                traffic.sent += 7;
            }
            case '7' -> {
                connection.send(LAST_THREE);
                traffic.sent += 3;
            }
            default -> sendDigits(connection, 10 - traffic.sent % 10);
        }
    }

    private <T> T anyOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static char digit(int index) {
        return DIGITS.charAt(index % DIGITS.length());
    }

    private void connect() {
        if (connections.size() < MOST_CONNECTIONS) {
            connectors.add(driver.loop.connectTcp(
                    anyOf(listeners).localAddress(), OPTIONS, handler, failure -> within("onFailure", () -> {})));
        }
    }

    private void cancel() {
        if (!connectors.isEmpty()) {
            anyOf(connectors).cancel();
        }
    }

    private void replaceListener() {
        listen();
        listeners.remove(0).close();
    }

    private void listen() {
        try {
            listeners.add(driver.listen(OPTIONS, handler));
        } catch (IOException e) {
            throw new UncheckedIOException("for the test", e);
        }
    }

    // ---- what is promised ----------------------------------------------------------------------------------------

    private final class Restless implements TcpHandler {

        @Override
        public void onOpen(TcpConnection connection) {
            within("onOpen", () -> {
                opened++;
                assertNull(connection.attachment());
                connection.attach(new Traffic());
                connections.add(connection);
                act(connection);
            });
        }

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {
            within("onData", () -> {
                assertTrue(connections.contains(connection) && connection.isOpen(), "data before or after");
                Traffic traffic = (Traffic) connection.attachment();
                while (data.hasRemaining()) {
                    assertEquals(digit(traffic.received++), (char) data.get());
                }
                act(connection);
            });
        }

        @Override
        public void onEof(TcpConnection connection) {
            within("onEof", () -> {
                assertTrue(connections.contains(connection), "end of stream before or after");
                act(connection);
                if (random.nextBoolean()) {
                    connection.close();
                }
            });
        }

        @Override
        public void onWritable(TcpConnection connection) {
            within("onWritable", () -> {
                assertTrue(connections.contains(connection) && connection.isOpen(), "writable before or after");
                act(connection);
            });
        }

        @Override
        public void onClose(TcpConnection connection, CloseReason reason) {
            within("onClose", () -> {
                closed++;
                assertTrue(connections.remove(connection), "closed without being open");
                assertFalse(connection.isOpen());
                if (!connections.isEmpty()) {
                    act(connections.get(0));
                }
            });
        }
    }
}
