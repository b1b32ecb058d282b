package io.oneloop;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many connections each address has open, and the most that one may. Holds an entry only while there are some. */
final class AddressCounts {

    private final int limit;
    private final Map<InetAddress, Integer> open = new HashMap<>();

    /** @param limit 0 for none, which then costs nothing */
    AddressCounts(int limit) {
        this.limit = limit;
    }

    /** {@return whether one more is within the limit, and counts it if so} */
    boolean enter(InetAddress address) {
        if (limit == 0) {
            return true;
        }
        int now = open.getOrDefault(address, 0);
        if (now == limit) {
            return false;
        }
        open.put(address, now + 1);
        return true;
    }

    void leave(InetAddress address) {
        if (limit > 0) {
            open.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
