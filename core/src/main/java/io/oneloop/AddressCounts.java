package io.oneloop;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections each address has open, and the most that one may. A network is counted as one address where whoever
 * has it may take any address in it: an IPv6 /64 (RFC 6177). Holds an entry only while there are some.
 */
final class AddressCounts {

    private final int limit;
    private final Map<Object, Integer> open = new HashMap<>();

    /** @param limit 0 for none, which then costs nothing */
    AddressCounts(int limit) {
        this.limit = limit;
    }

    /** Counts one more, if the limit allows it. {@return whether it does} */
    boolean enter(InetAddress address) {
        if (limit == 0) {
            return true;
        }
        Object holder = holder(address);
        int now = open.getOrDefault(holder, 0);
        if (now == limit) {
            return false;
        }
        open.put(holder, now + 1);
        return true;
    }

    void leave(InetAddress address) {
        if (limit > 0) {
            open.computeIfPresent(holder(address), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private static Object holder(InetAddress address) {
        return address instanceof Inet6Address
                ? (Object) ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }
}
