package io.oneloop.server;

import io.oneloop.AccessList;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The part of the command line that says whom to serve, and how much of it. Descriptions are in the bundles. */
final class LimitOptions {

    @Option(names = "--max-connections", paramLabel = "N", converter = OptionValues.MaxConnections.class)
    private Integer maxConnections;

    @Option(names = "--max-per-ip", paramLabel = "N", defaultValue = "0", converter = OptionValues.MaxPerIp.class)
    private int maxPerIp;

    @Option(names = "--idle-timeout", paramLabel = "TIME", defaultValue = "0")
    private Duration idleTimeout;

    @Option(names = "--write-timeout", paramLabel = "TIME", defaultValue = "30s")
    private Duration writeTimeout;

    @Option(names = "--allow", paramLabel = "CIDR", split = ",", converter = OptionValues.AddressBlock.class)
    private List<String> allow;

    @Option(names = "--deny", paramLabel = "CIDR", split = ",", converter = OptionValues.AddressBlock.class)
    private List<String> deny;

    @Option(names = "--udp-rate", paramLabel = "N", defaultValue = "0", converter = OptionValues.UdpRate.class)
    private int udpRate;

    @Option(names = "--udp-answer-any")
    private boolean udpAnswerAny;

    @Option(
            names = "--udp-receive-buffer",
            paramLabel = "BYTES",
            defaultValue = "4194304",
            converter = OptionValues.BufferBytes.class)
    private int udpReceiveBuffer;

    /**
     * {@return the limits to serve within}
     *
     * @param ipv4Only whether the address to bind is one of IPv4, be it the wildcard
     */
    Limits limits(boolean ipv4Only) {
        AccessList access = AccessList.of(
                Objects.requireNonNullElse(allow, List.of()), Objects.requireNonNullElse(deny, List.of()));
        TcpOptions tcp = TcpOptions.builder()
                .ipv4Only(ipv4Only)
                .maxConnections(maxConnections == null ? DescriptorLimit.defaultMaxConnections() : maxConnections)
                .maxConnectionsPerAddress(maxPerIp)
                .access(access)
                .idleTimeoutMillis(idleTimeout.toMillis())
                .writeTimeoutMillis(writeTimeout.toMillis())
                .build();
        UdpOptions udp = UdpOptions.builder()
                .ipv4Only(ipv4Only)
                .receiveBufferBytes(udpReceiveBuffer)
                .access(access)
                .build();
        return new Limits(tcp, udp, udpAnswerAny, udpRate);
    }
}
