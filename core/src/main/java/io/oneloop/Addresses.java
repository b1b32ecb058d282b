package io.oneloop;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Addresses as people write them. Nothing here asks a name server. Safe from any thread. */
public final class Addresses {

    private static final int GROUPS = 8;

    private Addresses() {}

    /** {@return {@code 127.0.0.1:7890} or {@code [::1]:7890}, the form of RFC 5952} */
    public static String format(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return address.getHostString() + ":" + address.getPort();
        }
        String host = format(ip);
        return (ip instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** {@return {@code 127.0.0.1} or {@code ::1}, an IPv6 address in the form of RFC 5952 with its zone, if any} */
    public static String format(InetAddress ip) {
        if (ip instanceof Inet4Address) {
            return ip.getHostAddress();
        }
        byte[] bytes = ip.getAddress();
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        String address = ip.getHostAddress();
        int zone = address.indexOf('%');
        return compress(groups) + (zone < 0 ? "" : address.substring(zone));
    }

    /** RFC 5952, section 4.2: the first of the longest runs of two or more zero groups becomes "::". */
    private static String compress(int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > bestLength) {
                bestStart = start;
                bestLength = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /**
     * The family of the socket to open for an address, or null for one that takes both. An AF_INET socket spares the
     * kernel and the JDK the mapping of every address, 1 to 2.5 % of the CPU of a datagram. The wildcard takes IPv4 and
     * IPv6 alike, unless told otherwise: the JDK's own wildcard is 0.0.0.0 whatever is meant.
     */
    static ProtocolFamily family(InetSocketAddress address, boolean ipv4Only) {
        InetAddress ip = address.getAddress();
        boolean ipv4 = ipv4Only || ip instanceof Inet4Address && !ip.isAnyLocalAddress();
        return ipv4 ? StandardProtocolFamily.INET : null;
    }

    /**
     * {@return {@code bind tcp [::]:7890: Address already in use}}
     *
     * @param family of the socket, as {@link #family} has it
     */
    static IOException bindFailure(String protocol, InetSocketAddress address, ProtocolFamily family, Throwable cause) {
        // What such a socket is bound to, and what its listener says that it is: the JDK's wildcard is 0.0.0.0.
        boolean both = family == null && address.getAddress().isAnyLocalAddress() && hasIpv6();
        String tried = both ? "[::]:" + address.getPort() : format(address);
        return failure("bind " + protocol, tried, cause);
    }

    private static boolean hasIpv6() {
        try {
            DatagramChannel.open(StandardProtocolFamily.INET6).close();
            return true;
        } catch (UnsupportedOperationException none) {
            return false;
        } catch (IOException noDescriptorLeft) {
            return true;
        }
    }

    /** {@return {@code connect tcp 127.0.0.1:7890: Connection refused}} */
    static IOException failure(String operation, InetSocketAddress address, Throwable cause) {
        return failure(operation, format(address), cause);
    }

    private static IOException failure(String operation, String address, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(operation + " " + address + ": " + reason, cause);
    }

    static InetSocketAddress requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unknown host: " + address.getHostString());
        }
        return address;
    }
}
