package io.oneloop.server;

import io.oneloop.LoopStats;
import io.oneloop.LoopStats.Counter;
import java.time.Duration;
import java.util.Locale;

/** What was served from start to end, in one line. */
final class Summary {

    private Summary() {}

    static String of(LoopStats stats, long tcpRequests, Duration uptime, Messages messages) {
        return messages.get(
                "summary",
                stats.get(Counter.ACCEPTED),
                tcpRequests,
                stats.get(Counter.BYTES_READ),
                stats.get(Counter.BYTES_WRITTEN),
                stats.get(Counter.DATAGRAMS_RECEIVED),
                stats.get(Counter.DATAGRAMS_SENT),
                stats.get(Counter.DATAGRAM_BYTES_RECEIVED),
                stats.get(Counter.DATAGRAM_BYTES_SENT),
                String.format(Locale.ROOT, "%.1f", uptime.toMillis() / 1000.0));
    }
}
