package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpConnectorTest {

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();
    private final List<IOException> failures = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    private TcpConnector connect(InetSocketAddress remote) {
        return connect(remote, TcpOptions.DEFAULT);
    }

    private TcpConnector connect(InetSocketAddress remote, TcpOptions options) {
        return driver.loop.connectTcp(remote, options, handler, failures::add);
    }

    /** An address at which nobody listens. */
    private static InetSocketAddress nobody() {
        return HandDrivenLoop.loopback(1);
    }

    @Test
    void opensConnectionThatWorksBothWays() throws IOException {
        TcpListener echo = driver.listen((connection, data) -> connection.send(data));
        handler.on("open", connection -> connection.send(ByteBuffer.wrap(new byte[] {'h', 'i'})));
        connect(echo.localAddress());
        driver.turnUntil("echo", () -> handler.events.equals(List.of("open", "data hi")));
        assertEquals(echo.localAddress(), handler.connection().remoteAddress());
        assertEquals(1, driver.loop.stats().get(Counter.CONNECTED));
        assertEquals(List.of(), failures);
    }

    @Test
    void saysWhoRefused() throws IOException {
        InetSocketAddress nobody = nobody();
        connect(nobody);
        driver.turnUntil("failure", () -> failures.size() == 1);
        assertEquals(
                "connect tcp " + Addresses.format(nobody) + ": Connection refused",
                failures.get(0).getMessage());
        assertInstanceOf(ConnectException.class, failures.get(0).getCause());
        assertEquals(1, driver.loop.stats().get(Counter.CONNECT_ERRORS));
        assertEquals(List.of(), handler.events);
    }

    /** A listener whose backlog is full leaves further connects unanswered. */
    private ServerSocketChannel silentServer(List<SocketChannel> filling) throws IOException {
        ServerSocketChannel silent = ServerSocketChannel.open().bind(HandDrivenLoop.loopback(0), 1);
        for (int i = 0; i < 4; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(silent.getLocalAddress());
            filling.add(channel);
        }
        return silent;
    }

    private static void closeAll(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Test
    void givesUpWhenNobodyAnswersInTime() throws IOException {
        List<SocketChannel> filling = new ArrayList<>();
        try (ServerSocketChannel silent = silentServer(filling)) {
            InetSocketAddress address = (InetSocketAddress) silent.getLocalAddress();
            connect(address, TcpOptions.builder().connectTimeoutMillis(1000).build());
            driver.turns(3);
            driver.pass(999);
            assertEquals(List.of(), failures);
            driver.pass(1);
            driver.turnUntil("failure", () -> failures.size() == 1);
            assertEquals(
                    "connect tcp " + Addresses.format(address) + ": no answer within 1000 ms",
                    failures.get(0).getMessage());
            assertInstanceOf(SocketTimeoutException.class, failures.get(0).getCause());
        } finally {
            closeAll(filling);
        }
    }

    @Test
    void cancelledConnectorSaysNothingMore() throws IOException {
        List<SocketChannel> filling = new ArrayList<>();
        try (ServerSocketChannel silent = silentServer(filling)) {
            TcpConnector connector = connect((InetSocketAddress) silent.getLocalAddress());
            driver.turns(2);
            connector.cancel();
            connector.cancel();
            driver.pass(60_000);
            driver.turns(2);
            assertEquals(List.of(), failures);
            assertEquals(List.of(), handler.events);
            assertEquals(-1, driver.platform.lastTimeoutMillis);
        } finally {
            closeAll(filling);
        }
    }

    /** Between its failure and the turn in which that is told. */
    @Test
    void cancelledConnectorThatHasFailedSaysNothing() throws IOException {
        TcpListener closed = driver.listen(new RecordingHandler());
        closed.close();
        driver.turns(3);
        TcpConnector connector = connect(closed.localAddress());
        driver.turnUntilCounted(Counter.CONNECT_ERRORS, 1);
        assertEquals(List.of(), failures);
        connector.cancel();
        driver.turns(3);
        assertEquals(List.of(), failures);
    }

    @Test
    void canBeCancelledBeforeItHasBegun() throws IOException {
        TcpListener listener = driver.listen(new RecordingHandler());
        connect(listener.localAddress()).cancel();
        driver.turns(10);
        assertEquals(List.of(), failures);
        assertEquals(List.of(), handler.events);
        assertEquals(0, driver.loop.stats().get(Counter.ACCEPTED));
    }

    @Test
    void answerThatCameWhileCallbackWasSlowIsInTime() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(HandDrivenLoop.loopback(0));
                Selector selector = Selector.open()) {
            TcpConnector connector = connect((InetSocketAddress) server.getLocalAddress());
            driver.loop.execute(() -> {
                driver.clock.advanceMillis(TcpOptions.DEFAULT.connectTimeoutMillis());
                assertDoesNotThrow(() -> {
                    connector.key().channel().register(selector, SelectionKey.OP_CONNECT);
                    assertEquals(1, selector.select(Patience.LIMIT.toMillis()), "answered");
                });
            });
            driver.turns(2);
            assertEquals(List.of(), failures);
            assertEquals(List.of("open"), handler.events);
        }
    }

    @Test
    void failsWhenTheLoopShutsDown() throws IOException {
        List<SocketChannel> filling = new ArrayList<>();
        try (ServerSocketChannel silent = silentServer(filling)) {
            connect((InetSocketAddress) silent.getLocalAddress());
            driver.turns(2);
            driver.loop.shutdown(0);
            driver.turnUntil("failure", () -> failures.size() == 1);
            assertTrue(failures.get(0).getMessage().endsWith("the event loop is shutting down"));
        } finally {
            closeAll(filling);
        }
    }

    @Test
    void failsWhenMemoryRunsOutOnceItIsConnected() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(HandDrivenLoop.loopback(0))) {
            driver.platform.streamError = new OutOfMemoryError("for the test");
            connect((InetSocketAddress) server.getLocalAddress());
            driver.turnUntil("failure", () -> failures.size() == 1);
            assertTrue(failures.get(0).getMessage().endsWith(": for the test"));
            assertEquals(-1, server.accept().read(ByteBuffer.allocate(1)));
            assertFalse(driver.loop.reactor().hasSources());
            assertEquals(0, driver.loop.stats().get(Counter.CONNECTED));
            assertEquals(1, driver.loop.stats().get(Counter.CONNECT_ERRORS));
        }
    }

    @Test
    void tellsFailureThatThereIsNoMemoryToDescribe() throws IOException {
        TcpListener listener = driver.listen(new RecordingHandler());
        driver.platform.streamError = new OutOfMemoryError() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError("for the test");
            }
        };
        connect(listener.localAddress());
        driver.turnUntil("failure", () -> failures.size() == 1);
        assertEquals("connect tcp: out of memory", failures.get(0).getMessage());
        assertEquals(1, driver.loop.stats().get(Counter.CONNECT_ERRORS));
    }

    @Test
    void failureThatItsCallbackThrowsIsReported() throws IOException {
        driver.loop.connectTcp(nobody(), TcpOptions.DEFAULT, handler, failure -> {
            throw new IllegalStateException("for the test");
        });
        driver.turnUntil("report", () -> driver.errors.size() == 1);
        assertTrue(driver.errors.get(0).startsWith("onFailure connect tcp 127.0.0.1:"), driver.errors.get(0));
    }

    @Test
    void refusesHostThatIsNotResolved() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("db.invalid", 1);
        assertThrows(IllegalArgumentException.class, () -> connect(unresolved));
        assertThrows(
                IllegalArgumentException.class,
                () -> driver.loop.connectTcp(
                        unresolved, HandDrivenLoop.loopback(1), TcpOptions.DEFAULT, handler, failures::add));
    }

    @Test
    void refusesToConnectWithoutOptions() {
        assertThrows(NullPointerException.class, () -> connect(HandDrivenLoop.loopback(1), null));
    }
}
