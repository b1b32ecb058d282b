package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.5, 1, 127.0.0.5, 127.0.0.5",
        "127.0.0.0/30, 2, 127.0.0.1, 127.0.0.2",
        "127.0.0.77/24, 254, 127.0.0.1, 127.0.0.254",
        "10.9.0.0/16, 65535, 10.9.0.1, 10.9.255.255",
        "127.0.0.0/8, 65535, 127.0.0.1, 127.0.255.255",
        "10.0.0.4/31, 2, 10.0.0.4, 10.0.0.5",
    })
    void sourceAddressesTakeTurns(String text, int count, String first, String last) {
        SourceAddresses sources = SourceAddresses.parse(text);
        assertEquals(count, sources.count());
        assertEquals(first, sources.of(0).getHostString());
        assertEquals(last, sources.of(count - 1).getHostString());
        assertEquals(first, sources.of(count).getHostString());
    }

    @Test
    void sourceAddressesMayBeMixed() {
        SourceAddresses sources = SourceAddresses.parse("127.0.0.9,127.0.1.0/30");
        assertEquals(3, sources.count());
        assertNull(SourceAddresses.ANY.of(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3.4/33", "1.2.3.4/x", "300.1.1.1", "1.2.3.4,"})
    void refusesWhatIsNoSourceAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> SourceAddresses.parse(text));
    }

    @Test
    void readsTheLimitsOfLinux() {
        assertEquals(
                20_000,
                SystemLimits.descriptors(List.of(
                        "Limit                     Soft Limit           Hard Limit           Units     ",
                        "Max open files            20000                20000                files     ")));
        assertEquals(
                Long.MAX_VALUE,
                SystemLimits.descriptors(List.of("Max open files            unlimited  unlimited  files")));
        assertEquals(-1, SystemLimits.descriptors(List.of()));
        assertEquals(28_232, SystemLimits.ephemeralPorts(List.of("32768\t60999")));
        assertEquals(-1, SystemLimits.ephemeralPorts(List.of()));
    }

    @Test
    void tellsTheKindsOfConnectFailuresApart() {
        assertEquals(ErrorKind.CONNECT_REFUSED, kind(new ConnectException("Connection refused")));
        assertEquals(ErrorKind.CONNECT_TIMEOUT, kind(new SocketTimeoutException("no answer within 10 ms")));
        assertEquals(ErrorKind.CONNECT_TIMEOUT, kind(new ConnectException("Connection timed out")));
        assertEquals(ErrorKind.CONNECT_NO_PORT, kind(new BindException("Cannot assign requested address")));
        assertEquals(ErrorKind.CONNECT_NO_PORT, kind(new BindException("Address already in use")));
        assertEquals(ErrorKind.CONNECT_NO_DESCRIPTOR, kind(new SocketException("Too many open files")));
        assertEquals(ErrorKind.CONNECT_UNREACHABLE, kind(new NoRouteToHostException("No route to host")));
        assertEquals(ErrorKind.CONNECT_UNREACHABLE, kind(new SocketException("Network is unreachable")));
        assertEquals(ErrorKind.CONNECT_OTHER, kind(new IOException((String) null)));
    }

    private static ErrorKind kind(IOException cause) {
        return Failures.ofConnect(new IOException("connect tcp 127.0.0.1:1: " + cause.getMessage(), cause));
    }

    @Test
    void jitterIsThatOfRfc3550() {
        Jitter jitter = new Jitter();
        jitter.add(1000);
        assertEquals(false, jitter.isKnown());
        jitter.add(1160);
        assertEquals(10, jitter.nanos());
        jitter.add(1160);
        assertEquals(10 - 10 / 16.0, jitter.nanos());
    }

    @Test
    void aWindowKeepsRequestsInOrderAroundItsEnd() {
        Window window = new Window(3);
        for (int i = 0; i < 100; i++) {
            window.add(i, i + 1000);
            if (window.room() == 0) {
                assertEquals(i - 2, window.oldestDue());
                assertEquals(i + 1000, window.sentAt(2));
                window.removeOldest();
            }
        }
        window.clear();
        assertEquals(3, window.room());
    }
}
