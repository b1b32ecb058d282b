package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressCountsTest {

    private final InetAddress one = ip(1);
    private final InetAddress other = ip(2);

    @Test
    void admitsEachAddressUpToTheLimit() {
        AddressCounts counts = new AddressCounts(2);
        assertTrue(counts.enter(one));
        assertTrue(counts.enter(one));
        assertFalse(counts.enter(one));
        assertTrue(counts.enter(other));
    }

    @Test
    void admitsAgainWhenOneHasLeft() {
        AddressCounts counts = new AddressCounts(1);
        assertTrue(counts.enter(one));
        counts.leave(one);
        assertTrue(counts.enter(one));
        assertFalse(counts.enter(one));
    }

    @Test
    void aRefusalDoesNotCount() {
        AddressCounts counts = new AddressCounts(1);
        counts.enter(one);
        counts.enter(one);
        counts.leave(one);
        assertTrue(counts.enter(one));
    }

    @Test
    void withoutALimitEveryoneEnters() {
        AddressCounts counts = new AddressCounts(0);
        for (int i = 0; i < 100; i++) {
            assertTrue(counts.enter(one));
        }
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        AddressCounts counts = new AddressCounts(1);
        assertTrue(counts.enter(ip6(1, 1)));
        assertFalse(counts.enter(ip6(1, 2)));
        assertTrue(counts.enter(ip6(2, 1)));
        counts.leave(ip6(1, 3));
        assertTrue(counts.enter(ip6(1, 4)));
    }

    private static InetAddress ip6(int network, int host) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[7] = (byte) network;
        bytes[15] = (byte) host;
        return address(bytes);
    }

    private static InetAddress ip(int last) {
        return address((byte) 192, (byte) 0, (byte) 2, (byte) last);
    }

    private static InetAddress address(byte... bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
