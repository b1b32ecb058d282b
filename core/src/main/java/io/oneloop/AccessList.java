package io.oneloop;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who may connect or send, by address. An address is permitted unless a denied block holds it, and, where blocks are
 * allowed, only if one of those holds it. Immutable; safe from any thread.
 */
public final class AccessList {

    /** Permits every address. */
    public static final AccessList EVERYONE = new AccessList(List.of(), List.of());

    private final List<Block> allowed;
    private final List<Block> denied;

    private AccessList(List<Block> allowed, List<Block> denied) {
        this.allowed = allowed;
        this.denied = denied;
    }

    /**
     * Makes a list of address blocks: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address alone.
     *
     * @param allowed none for everyone who is not denied
     * @throws IllegalArgumentException naming what is no address block
     */
    public static AccessList of(Collection<String> allowed, Collection<String> denied) {
        // So that no datagram costs a look into two empty lists.
        return allowed.isEmpty() && denied.isEmpty() ? EVERYONE : new AccessList(parse(allowed), parse(denied));
    }

    private static List<Block> parse(Collection<String> blocks) {
        List<Block> parsed = new ArrayList<>();
        for (String block : blocks) {
            parsed.add(Block.parse(block));
        }
        return List.copyOf(parsed);
    }

    /** {@return whether {@code address} may connect or send} */
    public boolean permits(InetAddress address) {
        if (this == EVERYONE) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return !holds(denied, bytes) && (allowed.isEmpty() || holds(allowed, bytes));
    }

    private static boolean holds(List<Block> blocks, byte[] address) {
        for (Block block : blocks) {
            if (block.holds(address)) {
                return true;
            }
        }
        return false;
    }

    private record Block(byte[] address, int prefixBits) {

        private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
        private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
        private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");
        private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

        static Block parse(String text) {
            int slash = text.indexOf('/');
            String host = slash < 0 ? text : text.substring(0, slash);
            String prefix = slash < 0 ? null : text.substring(slash + 1);
            // Checked first, because the JDK would ask a name server about anything that does not begin like an
            // address.
            boolean isAddress =
                    IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
            if (!isAddress || prefix != null && !PREFIX.matcher(prefix).matches()) {
                throw malformed(text);
            }
            try {
                byte[] address = InetAddress.getByName(host).getAddress();
                // The JDK makes an IPv4 address of ::ffff:10.0.0.1, whose prefix counts the 96 bits before that, too.
                int mapped = address.length == 4 && host.indexOf(':') >= 0 ? 96 : 0;
                int bits = prefix == null ? address.length * 8 : Integer.parseInt(prefix) - mapped;
                if (bits < 0 || bits > address.length * 8) {
                    throw malformed(text);
                }
                return new Block(address, bits);
            } catch (UnknownHostException e) {
                throw malformed(text);
            }
        }

        private static IllegalArgumentException malformed(String text) {
            return new IllegalArgumentException(
                    "'" + text + "' is no address block; write it like 10.0.0.0/8, 2001:db8::/32 or 192.0.2.1");
        }

        boolean holds(byte[] candidate) {
            if (candidate.length != address.length) {
                return false;
            }
            int whole = prefixBits / 8;
            for (int i = 0; i < whole; i++) {
                if (candidate[i] != address[i]) {
                    return false;
                }
            }
            int rest = prefixBits % 8;
            int mask = 0xff00 >> rest & 0xff;
            return rest == 0 || (candidate[whole] & mask) == (address[whole] & mask);
        }
    }
}
