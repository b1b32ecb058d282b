package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpListenerTest {

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    private long accepted() {
        return driver.loop.stats().get(Counter.ACCEPTED);
    }

    @Test
    void knowsTheRealPort() throws IOException {
        TcpListener listener = driver.listen(handler);
        assertTrue(listener.localAddress().getPort() > 0);
        assertEquals("listener tcp " + Addresses.format(listener.localAddress()), listener.toString());
    }

    @Test
    void wildcardTakesBothFamiliesUnlessToldOtherwise() throws IOException {
        InetSocketAddress wildcard = new InetSocketAddress(0);
        TcpListener both = driver.loop.listenTcp(wildcard, handler);
        assertTrue(both.localAddress().getAddress() instanceof Inet6Address);
        TcpOptions options = TcpOptions.builder().ipv4Only(true).build();
        TcpListener ipv4 = driver.loop.listenTcp(wildcard, options, handler);
        assertTrue(ipv4.localAddress().getAddress() instanceof Inet4Address);
    }

    @Test
    void namesTheWildcardThatWasTried() throws IOException {
        TcpListener taken = driver.loop.listenTcp(new InetSocketAddress(0), handler);
        int port = taken.localAddress().getPort();
        InetSocketAddress wildcard = new InetSocketAddress(port);
        TcpOptions ipv4Only = TcpOptions.builder().ipv4Only(true).build();

        IOException both = assertThrows(IOException.class, () -> driver.loop.listenTcp(wildcard, handler));
        IOException ipv4 = assertThrows(IOException.class, () -> driver.loop.listenTcp(wildcard, ipv4Only, handler));

        assertEquals("bind tcp [::]:" + port + ": Address already in use", both.getMessage());
        assertEquals("bind tcp 0.0.0.0:" + port + ": Address already in use", ipv4.getMessage());
    }

    @Test
    void acceptsNoMoreThanItsShareOfTurn() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().acceptsPerTurn(2).build(), handler);
        for (int i = 0; i < 5; i++) {
            driver.connect(listener);
        }
        long most = driver.turnUntilCounted(Counter.ACCEPTED, 5);
        assertTrue(most <= 2, () -> most + " accepts in one turn");
        assertEquals(5, listener.connections());
    }

    @Test
    void closesClientsBeyondItsLimitAndServesThoseInside() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().maxConnections(1).build(), handler);
        TestClient inside = driver.connectAccepted(listener);
        TestClient beyond = driver.connect(listener);
        driver.turnUntil("end", () -> beyond.sawEnd() || beyond.sawReset());
        assertEquals(1, driver.loop.stats().refused(RefuseReason.MAX_CONNECTIONS));
        inside.send("still here");
        driver.turnUntil("data", () -> handler.events.equals(List.of("open", "data still here")));
    }

    @Test
    void hasRoomAgainWhenOneHasLeft() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().maxConnections(1).build(), handler);
        driver.connectAccepted(listener).finish();
        driver.turnUntil("close", () -> handler.count("close") == 1);
        assertEquals(0, listener.connections());
        driver.connectAccepted(listener);
        assertEquals(2, handler.count("open"));
    }

    @Test
    void limitsConnectionsOfOneAddress() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().maxConnectionsPerAddress(2).build(), handler);
        driver.connectAccepted(listener);
        driver.connectAccepted(listener);
        TestClient third = driver.connect(listener);
        driver.turnUntil("end", () -> third.sawEnd() || third.sawReset());
        assertEquals(1, driver.loop.stats().refused(RefuseReason.MAX_CONNECTIONS_PER_ADDRESS));
        assertEquals(2, listener.connections());
    }

    @Test
    void closesThoseWhoMayNotConnect() throws IOException {
        AccessList others = AccessList.of(List.of("192.0.2.0/24"), List.of());
        TcpListener listener = driver.listen(TcpOptions.builder().access(others).build(), handler);
        TestClient client = driver.connect(listener);
        driver.turnUntil("end", () -> client.sawEnd() || client.sawReset());
        assertEquals(1, driver.loop.stats().refused(RefuseReason.ACCESS_DENIED));
        assertEquals(List.of(), handler.events);
    }

    @Test
    void freesThePortAndKeepsItsConnectionsWhenClosed() throws IOException {
        TcpListener listener = driver.listen(handler);
        TestClient client = driver.connectAccepted(listener);
        listener.close();
        listener.close();
        driver.turns(2);
        assertThrows(ConnectException.class, () -> new TestClient(listener.localAddress()));
        client.send("hello");
        driver.turnUntil("data", () -> handler.count("data hello") == 1);
    }

    @Test
    void namesTheAddressThatCannotBeBound() throws IOException {
        InetSocketAddress taken = driver.listen(handler).localAddress();
        Exception error = assertThrows(IOException.class, () -> driver.loop.listenTcp(taken, handler));
        assertEquals("bind tcp " + Addresses.format(taken) + ": Address already in use", error.getMessage());
    }

    @Test
    void refusesHostThatIsNotResolved() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("db.invalid", 0);
        Exception error =
                assertThrows(IllegalArgumentException.class, () -> driver.loop.listenTcp(unresolved, handler));
        assertEquals("unknown host: db.invalid", error.getMessage());
    }

    @Test
    void refusesToListenWithoutHandler() {
        assertThrows(NullPointerException.class, () -> driver.listen(null));
    }

    @Test
    void wildcardTakesBothFamilies() throws IOException {
        TcpListener listener = driver.loop.listenTcp(new InetSocketAddress(0), handler);
        int port = listener.localAddress().getPort();
        driver.keep(new TestClient(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port)));
        driver.keep(new TestClient(new InetSocketAddress(InetAddress.getByName("::1"), port)));
        driver.turnUntil("both", () -> accepted() == 2);
        List<String> peers = handler.connections.stream()
                .map(connection -> Addresses.format(connection.remoteAddress().getAddress()))
                .sorted()
                .toList();
        assertEquals(List.of("127.0.0.1", "::1"), peers);
    }

    @Test
    void tellsThoseWhoWaitByACloseWhenDescriptorsAreOutAndRests() throws IOException {
        TcpListener listener = driver.listen(handler);
        driver.platform.descriptorsOut = true;
        List<TestClient> waiting =
                List.of(driver.connect(listener), driver.connect(listener), driver.connect(listener));
        // A client whose last segment was late is told after the next rest.
        driver.turnUntil("refusals", () -> {
            boolean all = driver.loop.stats().refused(RefuseReason.OUT_OF_DESCRIPTORS) == 3;
            if (!all) {
                driver.clock.advanceMillis(Source.REST_MILLIS);
            }
            return all;
        });
        driver.turnUntil("closes", () -> waiting.stream().allMatch(client -> client.sawEnd() || client.sawReset()));
        assertEquals(3, driver.loop.stats().refused(RefuseReason.OUT_OF_DESCRIPTORS));
        assertEquals("Too many open files", driver.failedAccepts.get(0));
        driver.platform.descriptorsOut = false;
        driver.connect(listener);
        driver.turns(20);
        assertEquals(0, accepted());
        driver.pass(Source.REST_MILLIS);
        driver.turnUntil("accept", () -> accepted() == 1);
    }

    @Test
    void neitherRestsNorComplainsWhenDescriptorsAreOutAndNobodyWaits() throws IOException {
        TcpListener listener = driver.listen(handler);
        driver.platform.acceptsLeft = 1;
        driver.connectAccepted(listener);
        assertTrue(driver.platform.descriptorsOut);
        driver.platform.descriptorsOut = false;
        driver.connectAccepted(listener);
        assertEquals(List.of(), driver.failedAccepts);
        assertEquals(0, driver.loop.stats().get(Counter.ACCEPT_ERRORS));
    }

    @Test
    void canBeClosedByWhoIsToldThatAcceptingFails() throws IOException {
        TcpListener listener = driver.listen(handler);
        driver.onFailedAccept = TcpListener::close;
        driver.platform.acceptFailure = new IOException("Invalid argument");
        driver.connect(listener);
        driver.turnUntil("failure", () -> !driver.failedAccepts.isEmpty());
        driver.turns(2);
        assertFalse(driver.loop.reactor().hasSources());
        assertEquals(List.of(), driver.errors);
    }

    @Test
    void goesOnAcceptingAfterAcceptFailed() throws IOException {
        TcpListener listener = driver.listen(handler);
        driver.platform.acceptFailure = new IOException("Too many open files");
        driver.connect(listener);
        driver.turnUntil("failure", () -> driver.loop.stats().get(Counter.ACCEPT_ERRORS) > 0);
        driver.platform.acceptFailure = null;
        driver.pass(10_000);
        driver.turnUntil("accept", () -> accepted() == 1);
        assertFalse(handler.events.isEmpty());
    }

    @Test
    void restsOnlyAfterASecondFailureWhereOneFillsATurn() throws IOException {
        TcpListener listener =
                driver.listen(TcpOptions.builder().acceptsPerTurn(1).build(), handler);
        driver.platform.acceptFailure = new IOException("Software caused connection abort");
        driver.connect(listener);
        driver.turnUntil("failure", () -> acceptErrors() == 1);
        assertEquals(List.of(), driver.failedAccepts);
        driver.platform.acceptFailure = null;
        driver.turnUntil("accept", () -> accepted() == 1);
        driver.platform.acceptFailure = new IOException("Cannot allocate memory");
        driver.connect(listener);
        driver.turnUntil("failures", () -> !driver.failedAccepts.isEmpty());
        assertEquals(3, acceptErrors());
        driver.turns(20);
        assertEquals(3, acceptErrors());
    }

    private long acceptErrors() {
        return driver.loop.stats().get(Counter.ACCEPT_ERRORS);
    }
}
