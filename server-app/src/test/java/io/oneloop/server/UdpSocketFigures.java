package io.oneloop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the kernel tells of a UDP socket.
 *
 * @param waitingBytes what is in its receive buffer
 * @param dropped the datagrams that this buffer had no room for
 */
record UdpSocketFigures(long waitingBytes, long dropped) {

    static UdpSocketFigures of(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("udp", "udp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] columns = line.strip().split(" +");
                if (columns[1].endsWith(local)) {
                    String queues = columns[4];
                    return new UdpSocketFigures(
                            Long.parseLong(queues.substring(queues.indexOf(':') + 1), 16),
                            Long.parseLong(columns[columns.length - 1]));
                }
            }
        }
        throw new IOException("no UDP socket on port " + port);
    }
}
