package io.oneloop.server;

import java.util.ArrayList;
import java.util.List;

/** What to know about UDP before the first datagram: nobody is told later why one was lost or not answered. */
final class UdpNotices {

    private UdpNotices() {}

    /** @param grantedBytes the receive buffer that the kernel granted */
    static List<String> of(ServerSettings settings, int grantedBytes, Messages messages) {
        List<String> notices = new ArrayList<>();
        Limits limits = settings.limits();
        if (limits.udpAnswerAny()) {
            notices.add(messages.get("notice.udpAnswerAny"));
        } else if (settings.mode() == Mode.ECHO && limits.udpRatePerNetwork() == 0) {
            // No payload of an echo is suspicious, so only the rate ends a loop with an echo on another port.
            notices.add(messages.get("notice.udpEcho"));
        } else if (settings.mode() == Mode.REPLY) {
            int reply = settings.reply().length();
            int shortestIpv4 = UdpGuard.shortestAnsweredOverIpv4(reply);
            if (shortestIpv4 > 0) {
                int shortestIpv6 = UdpGuard.shortestAnsweredOverIpv6(reply);
                notices.add(messages.get("notice.udpReplyLong", reply, shortestIpv4, shortestIpv6));
            }
        }
        int asked = limits.udp().receiveBufferBytes();
        if (grantedBytes < asked) {
            notices.add(messages.get("notice.udpReceiveBuffer", grantedBytes, asked, asked));
        }
        return notices;
    }
}
