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

    private static InetAddress ip(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
