package io.oneloop.server;

import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;

/**
 * Whom to serve, and how much of it.
 *
 * @param udpAnswerAny whether datagrams are answered that a reply loop or a reflection attack would send
 * @param udpRatePerNetwork datagrams of one source network that are answered each second, 0 for no limit
 */
record Limits(TcpOptions tcp, UdpOptions udp, boolean udpAnswerAny, int udpRatePerNetwork) {

    static Limits defaults() {
        TcpOptions tcp = TcpOptions.builder()
                .maxConnections(DescriptorLimit.defaultMaxConnections())
                .build();
        return new Limits(tcp, UdpOptions.DEFAULT, false, 0);
    }
}
