package io.oneloop.server;

import io.oneloop.AccessList;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import io.oneloop.server.OptionValues.Whole;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The part of the command line that says whom to serve, and how much of it. Descriptions are in the bundles. */
final class LimitOptions {

    private final OptionSpec maxConnections = OptionValues.option(
                    "--max-connections", "N", new Whole(1, Integer.MAX_VALUE, "value.maxConnections"))
            .build();
    private final OptionSpec maxPerIp = OptionValues.option(
                    "--max-per-ip", "N", new Whole(0, Integer.MAX_VALUE, "value.maxPerIp"))
            .defaultValue("0")
            .build();
    private final OptionSpec idleTimeout = OptionValues.time("--idle-timeout", "0");
    private final OptionSpec writeTimeout = OptionValues.time("--write-timeout", "30s");
    private final OptionSpec allow = addresses("--allow");
    private final OptionSpec deny = addresses("--deny");
    private final OptionSpec udpRate = OptionValues.option(
                    "--udp-rate", "N", new Whole(0, 1_000_000_000, "value.udpRate"))
            .defaultValue("0")
            .build();
    private final OptionSpec udpAnswerAny = OptionValues.flag("--udp-answer-any");
    private final OptionSpec udpReceiveBuffer = OptionValues.option(
                    "--udp-receive-buffer", "BYTES", new Whole(1, 1 << 30, "value.bufferBytes"))
            .defaultValue("4194304")
            .build();

    private static OptionSpec addresses(String name) {
        return OptionValues.option(name, "CIDR", new OptionValues.AddressBlock())
                .type(List.class)
                .auxiliaryTypes(String.class)
                // Not before an address: nothing but commas would else be no block at all, which permits everyone.
                .splitRegex("(?<=[^,]),")
                .splitRegexSynopsisLabel(",")
                .build();
    }

    /** {@return the options, in the order of the help} */
    List<OptionSpec> all() {
        return List.of(
                maxConnections,
                maxPerIp,
                idleTimeout,
                writeTimeout,
                allow,
                deny,
                udpRate,
                udpAnswerAny,
                udpReceiveBuffer);
    }

    /**
     * {@return the limits to serve within}
     *
     * @param ipv4Only whether the address to bind is one of IPv4, be it the wildcard
     */
    Limits limits(boolean ipv4Only) {
        AccessList access = AccessList.of(addresses(allow), addresses(deny));
        Integer most = maxConnections.getValue();
        TcpOptions tcp = TcpOptions.builder()
                .ipv4Only(ipv4Only)
                .maxConnections(most == null ? DescriptorLimit.defaultMaxConnections() : most)
                .maxConnectionsPerAddress(maxPerIp.getValue())
                .access(access)
                .idleTimeoutMillis(idleTimeout.<Duration>getValue().toMillis())
                .writeTimeoutMillis(writeTimeout.<Duration>getValue().toMillis())
                .build();
        UdpOptions udp = UdpOptions.builder()
                .ipv4Only(ipv4Only)
                .receiveBufferBytes(udpReceiveBuffer.getValue())
                .access(access)
                .build();
        return new Limits(tcp, udp, udpAnswerAny.getValue(), udpRate.getValue());
    }

    private static List<String> addresses(OptionSpec option) {
        List<String> given = option.getValue();
        return given == null ? List.of() : given;
    }
}
