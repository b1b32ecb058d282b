package io.oneloop.client.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The addresses that connections come from, in turn: {@code 10.0.0.1,127.1.0.0/16}. */
final class SourceAddresses {

    /** The system chooses. */
    static final SourceAddresses ANY = new SourceAddresses(List.of());

    /** Enough for any number of connections, and small enough to hold. */
    private static final int MOST = 65_536;

    private final List<InetSocketAddress> addresses;

    private SourceAddresses(List<InetSocketAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /** @throws WrongValue naming the part that is no address */
    static SourceAddresses parse(String text) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            addRange(part.strip(), addresses);
        }
        return new SourceAddresses(addresses);
    }

    private static void addRange(String part, List<InetSocketAddress> addresses) {
        int slash = part.indexOf('/');
        byte[] base = literal(slash < 0 ? part : part.substring(0, slash), part);
        int bits = base.length * 8;
        int prefix = slash < 0 ? bits : prefix(part.substring(slash + 1), bits, part);
        int hostBits = Math.min(bits - prefix, 16);
        int count = Math.min(1 << hostBits, MOST);
        clearHostBits(base, prefix);
        // The first and the last of an IPv4 network are the network itself and its broadcast.
        boolean network = base.length == 4 && bits - prefix >= 2;
        for (int i = network ? 1 : 0; i < (network && count < MOST ? count - 1 : count); i++) {
            byte[] ip = base.clone();
            ip[ip.length - 1] |= (byte) i;
            ip[ip.length - 2] |= (byte) (i >> 8);
            addresses.add(new InetSocketAddress(address(ip), 0));
        }
    }

    private static byte[] literal(String text, String part) {
        // Only digits, dots and colons: a name would be looked up.
        if (!text.matches("[0-9a-fA-F:.]+") || !text.matches(".*[.:].*")) {
            throw new WrongValue("wrong.source", part);
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new WrongValue("wrong.source", part);
        }
    }

    private static int prefix(String text, int bits, String part) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > bits) {
            throw new WrongValue("wrong.prefix", part, bits);
        }
        return Integer.parseInt(text);
    }

    private static void clearHostBits(byte[] ip, int prefix) {
        for (int bit = prefix; bit < ip.length * 8; bit++) {
            ip[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
    }

    private static InetAddress address(byte[] ip) {
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@return the first from which {@code target} cannot be reached, since one is IPv4 and the other IPv6, or null} */
    InetAddress strangerTo(InetAddress target) {
        return addresses.stream()
                .map(InetSocketAddress::getAddress)
                .filter(address -> address.getAddress().length != target.getAddress().length)
                .findFirst()
                .orElse(null);
    }

    /** {@return how many; 1 if the system chooses} */
    int count() {
        return Math.max(1, addresses.size());
    }

    /** {@return the address of connection {@code i}, or null for the system's choice} */
    InetSocketAddress of(int i) {
        return addresses.isEmpty() ? null : addresses.get(i % addresses.size());
    }
}
