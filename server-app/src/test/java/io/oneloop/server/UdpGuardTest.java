package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UdpGuardTest {

    private static final int OWN_PORT = 7788;
    private static final byte[] REPLY = "hahahahah----ok---".getBytes(StandardCharsets.US_ASCII);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final UdpGuard guard = new UdpGuard(false, ByteBuffer.wrap(REPLY), null);

    @Test
    void answersAnOrdinaryClient() {
        assertTrue(guard.admits(OWN_PORT, from("192.0.2.1", 50_000), bytes("hello")));
        assertTrue(guard.admits(OWN_PORT, from("192.0.2.1", 1024), bytes("")));
    }

    @Test
    void refusesPortsOfServicesThatAnswer() {
        for (int port : new int[] {0, 7, 19, 53, 1023}) {
            assertRefused(UdpRefusal.LOW_SOURCE_PORT, from("192.0.2.1", port), bytes("hello"));
        }
    }

    @Test
    void refusesItsOwnPortWhateverTheAddress() {
        assertRefused(UdpRefusal.OWN_SOURCE_PORT, from("127.0.0.1", OWN_PORT), bytes("hello"));
        assertRefused(UdpRefusal.OWN_SOURCE_PORT, from("192.0.2.1", OWN_PORT), bytes("another reply"));
    }

    @Test
    void refusesItsOwnReplyAndNothingThatOnlyResemblesIt() {
        assertRefused(UdpRefusal.OWN_REPLY, from("192.0.2.1", 50_000), ByteBuffer.wrap(REPLY));
        assertTrue(guard.admits(OWN_PORT, from("192.0.2.1", 50_000), bytes("hahahahah----ok--!")));
        assertTrue(guard.admits(OWN_PORT, from("192.0.2.1", 50_000), bytes("hahahahah----ok----")));
    }

    @Test
    void sendsAtMostThreeTimesWhatItReceivedHeadersCounted() {
        UdpGuard large = new UdpGuard(false, ByteBuffer.allocate(1000), null);
        int shortest = UdpGuard.shortestAnsweredOverIpv4(1000);
        assertTrue(1000 + 28 <= 3 * (shortest + 28));
        assertTrue(1000 + 28 > 3 * (shortest - 1 + 28));
        assertTrue(large.admits(OWN_PORT, from("192.0.2.1", 50_000), ByteBuffer.allocate(shortest)));
        assertFalse(large.admits(OWN_PORT, from("192.0.2.1", 50_000), ByteBuffer.allocate(shortest - 1)));
        assertEquals(1, large.refused(UdpRefusal.AMPLIFICATION));
        // 48 bytes of headers: 1,048 / 3 rounded up is 350.
        assertTrue(large.admits(OWN_PORT, from("2001:db8::1", 50_000), ByteBuffer.allocate(302)));
        assertFalse(large.admits(OWN_PORT, from("2001:db8::1", 50_000), ByteBuffer.allocate(301)));
    }

    @Test
    void anEchoRefusesPortsButNoPayload() {
        UdpGuard echo = new UdpGuard(false, null, null);
        assertTrue(echo.admits(OWN_PORT, from("192.0.2.1", 50_000), ByteBuffer.wrap(REPLY)));
        assertFalse(echo.admits(OWN_PORT, from("192.0.2.1", 7), bytes("hello")));
    }

    @Test
    void answersAnythingWhenTold() {
        UdpGuard open = new UdpGuard(true, ByteBuffer.wrap(REPLY), null);
        assertTrue(open.admits(OWN_PORT, from("127.0.0.1", OWN_PORT), ByteBuffer.wrap(REPLY)));
        assertTrue(open.admits(OWN_PORT, from("127.0.0.1", 7), bytes("")));
    }

    @Test
    void limitsTheRateOfANetworkAndOfNoOther() {
        UdpGuard limited = new UdpGuard(true, ByteBuffer.wrap(REPLY), new RateLimiter(2, () -> 0));
        assertTrue(limited.admits(OWN_PORT, from("192.0.2.1", 50_000), bytes("a")));
        assertTrue(limited.admits(OWN_PORT, from("192.0.2.2", 50_000), bytes("b")));
        assertFalse(limited.admits(OWN_PORT, from("192.0.2.3", 50_000), bytes("c")));
        assertEquals(1, limited.refused(UdpRefusal.RATE));
    }

    @Test
    void allocatesNothingPerDatagram() {
        int datagrams = 10_000;
        InetSocketAddress client = from("192.0.2.1", 50_000);
        ByteBuffer data = bytes("hello");
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());

        for (int i = 0; i < datagrams; i++) {
            guard.admits(OWN_PORT, client, data);
        }

        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(allocated < datagrams, () -> allocated + " bytes");
    }

    private void assertRefused(UdpRefusal reason, InetSocketAddress from, ByteBuffer data) {
        long before = guard.refused(reason);
        assertFalse(guard.admits(OWN_PORT, from, data));
        assertEquals(before + 1, guard.refused(reason));
    }

    private static InetSocketAddress from(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
