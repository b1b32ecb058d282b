package io.oneloop.server;

import io.oneloop.Addresses;
import java.net.InetSocketAddress;

/** Names a peer as Python prints an address, which is how the tutorial's programs do: {@code ('127.0.0.1', 50000)}. */
final class PeerName {

    private PeerName() {}

    static String of(InetSocketAddress address) {
        return "('" + Addresses.format(address.getAddress()) + "', " + address.getPort() + ")";
    }
}
