package io.oneloop.client;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the name service, which blocks, on the caller's thread. */
final class HostResolver {

    /** Which addresses are wanted. */
    enum Family {
        ANY,
        IPV4,
        IPV6;

        boolean includes(InetAddress address) {
            return switch (this) {
                case ANY -> true;
                case IPV4 -> address instanceof Inet4Address;
                case IPV6 -> address instanceof Inet6Address;
            };
        }
    }

    /** What {@code load} takes. No name and no address looks like that: one of IPv6 has more colons. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:(?:tcp|udp)://)?(?:\\[([^]]+)]|([^:/\\[\\]]+)):(\\d{1,5})");

    private final Messages messages;
    private final Narrator narrator;

    HostResolver(Messages messages, Narrator narrator) {
        this.messages = messages;
        this.narrator = narrator;
    }

    /**
     * @return at least one address, in the order of preference
     * @throws CommandFailure if there is none, or if {@code host} has a port in it
     */
    List<InetSocketAddress> resolve(String host, int port, Family family) {
        if (host.isBlank()) {
            // The JDK takes it for this machine: a script with an empty variable would talk to itself.
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.emptyHost"));
        }
        Matcher both = HOST_AND_PORT.matcher(host);
        if (both.matches()) {
            String name = both.group(1) == null ? both.group(2) : both.group(1);
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.hostWithPort", host, name, both.group(3)));
        }
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get("fail.unknownHost", host));
        }
        List<InetAddress> wanted =
                List.of(all).stream().filter(family::includes).toList();
        if (wanted.isEmpty()) {
            String key = family == Family.IPV4 ? "fail.noIpv4" : "fail.noIpv6";
            throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get(key, host));
        }
        narrator.resolved(host, wanted);
        return wanted.stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }
}
