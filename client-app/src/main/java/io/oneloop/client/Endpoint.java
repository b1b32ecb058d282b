package io.oneloop.client;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where to: the positional parameters of a command. */
final class Endpoint {

    private static final int MAX_PORT = 65_535;

    @Parameters(index = "0", arity = "0..1", paramLabel = "HOST", description = "Name or address of the server.")
    String host;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PORT",
            descriptionKey = "shared.port",
            description = "Its port, 1 to 65535 (default: 7890 for tcp, 7788 for udp).")
    String port;

    @ArgGroup
    private IpVersion ipVersion = new IpVersion();

    /** At most one of the two. */
    static final class IpVersion {
        @Option(names = "-4", description = "Use IPv4 only.")
        boolean ipv4;

        @Option(names = "-6", description = "Use IPv6 only.")
        boolean ipv6;
    }

    HostResolver.Family family() {
        if (ipVersion.ipv4) {
            return HostResolver.Family.IPV4;
        }
        return ipVersion.ipv6 ? HostResolver.Family.IPV6 : HostResolver.Family.ANY;
    }

    /** @throws CommandFailure if what was given is not a port */
    int port(int standard, Messages messages) {
        return port == null ? standard : parsePort(port, messages);
    }

    static int parsePort(String text, Messages messages) {
        if (text.isBlank()) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.emptyPort"));
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.port", text));
    }
}
