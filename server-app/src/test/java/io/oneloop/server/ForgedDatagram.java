package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

/** Sends an IPv4 datagram from whatever address and port the test likes, as an attacker does. Needs root. */
final class ForgedDatagram {

    private static final String SCRIPT = """
            import socket, struct, sys
            source, source_port, target, target_port, payload = sys.argv[1:]
            payload = payload.encode()
            udp = struct.pack('!HHHH', int(source_port), int(target_port), 8 + len(payload), 0) + payload
            ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(udp), 0, 0, 64, socket.IPPROTO_UDP, 0,
                             socket.inet_aton(source), socket.inet_aton(target))
            sender = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
            sender.sendto(ip + udp, (target, 0))
            """;

    private ForgedDatagram() {}

    static void send(String source, int sourcePort, String target, int targetPort, String payload)
            throws IOException, InterruptedException {
        DebianTool.Outcome outcome =
                DebianTool.PYTHON.run("", "-c", SCRIPT, source, sourcePort, target, targetPort, payload);
        assertEquals(0, outcome.exitCode(), "a raw socket needs root, or CAP_NET_RAW: " + outcome.output());
    }
}
