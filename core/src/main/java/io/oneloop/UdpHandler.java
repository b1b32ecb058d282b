package io.oneloop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What a program does with the datagrams of a {@link UdpSocket}. Runs on the loop's thread. What a handler throws is
 * reported to the {@link LoopObserver}; the socket lives on.
 */
@FunctionalInterface
public interface UdpHandler {

    /**
     * One datagram came, whole: from 0 bytes (an empty datagram is a datagram) to 65,507, over IPv6 65,527.
     *
     * @param data from position to limit; valid during this call only
     */
    void onDatagram(UdpSocket socket, InetSocketAddress from, ByteBuffer data) throws Exception;

    /**
     * Receiving failed. A connected socket learns here that its peer's host answered with ICMP "port unreachable"
     * ({@link java.net.PortUnreachableException}).
     */
    default void onError(UdpSocket socket, IOException error) throws Exception {}
}
