package io.oneloop.server;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decides which datagrams are answered. UDP source addresses can be forged, so a responder that answers everything can be
 * set to answer another one, or itself, for ever (CVE-2024-2169), or to send a third party more than was sent to it.
 * Used by the loop's thread alone; its counters are exact elsewhere once the loop has ended.
 */
final class UdpGuard {

    /** How many times the bytes received, headers counted, may be sent: the limit of QUIC (RFC 9000, section 8.1). */
    static final int MAX_AMPLIFICATION = 3;

    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private final boolean answerAny;
    private final ByteBuffer reply;
    private final RateLimiter rate;
    private final long[] refused = new long[UdpRefusal.values().length];

    static UdpGuard of(ServerSettings settings) {
        Limits limits = settings.limits();
        int rate = limits.udpRatePerNetwork();
        return new UdpGuard(
                limits.udpAnswerAny(),
                settings.mode() == Mode.REPLY ? settings.reply().bytes() : null,
                rate == 0 ? null : new RateLimiter(rate, System::nanoTime));
    }

    /**
     * @param answerAny whether only the rate is looked at
     * @param reply the one reply, or null if what comes is sent back or nothing is
     * @param rate null for no limit
     */
    UdpGuard(boolean answerAny, ByteBuffer reply, RateLimiter rate) {
        this.answerAny = answerAny;
        this.reply = reply;
        this.rate = rate;
    }

    /**
     * {@return whether to answer, and counts the refusal if not}
     *
     * @param ownPort the port that {@code data} was sent to
     */
    boolean admits(int ownPort, InetSocketAddress from, ByteBuffer data) {
        UdpRefusal refusal = answerAny ? null : refusal(ownPort, from, data);
        if (refusal == null && rate != null && !rate.tryAcquire(from.getAddress())) {
            refusal = UdpRefusal.RATE;
        }
        if (refusal != null) {
            refuse(refusal);
        }
        return refusal == null;
    }

    /** Counts a datagram that is not answered. */
    void refuse(UdpRefusal reason) {
        refused[reason.ordinal()]++;
    }

    private UdpRefusal refusal(int ownPort, InetSocketAddress from, ByteBuffer data) {
        if (from.getPort() < FIRST_UNPRIVILEGED_PORT) {
            return UdpRefusal.LOW_SOURCE_PORT;
        }
        if (from.getPort() == ownPort) {
            return UdpRefusal.OWN_SOURCE_PORT;
        }
        if (reply == null) {
            return null;
        }
        if (data.remaining() == reply.remaining() && data.equals(reply)) {
            return UdpRefusal.OWN_REPLY;
        }
        return data.remaining() < shortestAnswered(reply.remaining(), from) ? UdpRefusal.AMPLIFICATION : null;
    }

    /** {@return the bytes that a datagram must carry to be answered with {@code replyBytes}, over IPv4} */
    static int shortestAnsweredOverIpv4(int replyBytes) {
        return shortestAnswered(replyBytes, IPV4_HEADER + UDP_HEADER);
    }

    /** {@return the same over IPv6} */
    static int shortestAnsweredOverIpv6(int replyBytes) {
        return shortestAnswered(replyBytes, IPV6_HEADER + UDP_HEADER);
    }

    private static int shortestAnswered(int replyBytes, InetSocketAddress from) {
        return from.getAddress() instanceof Inet6Address
                ? shortestAnsweredOverIpv6(replyBytes)
                : shortestAnsweredOverIpv4(replyBytes);
    }

    private static int shortestAnswered(int replyBytes, int headers) {
        int received = (replyBytes + headers + MAX_AMPLIFICATION - 1) / MAX_AMPLIFICATION;
        return Math.max(0, received - headers);
    }

    /** {@return the datagrams refused for this reason} */
    long refused(UdpRefusal reason) {
        return refused[reason.ordinal()];
    }

    /** {@return the datagrams refused} */
    long refused() {
        return Arrays.stream(refused).sum();
    }
}
