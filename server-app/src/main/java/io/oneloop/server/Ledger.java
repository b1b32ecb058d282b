package io.oneloop.server;

import io.oneloop.CloseReason;
import io.oneloop.DropReason;
import io.oneloop.LoopStats;
import io.oneloop.LoopStats.Counter;
import io.oneloop.RefuseReason;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Accounts for everything that came, as {@code key=value}, for programs to read. What came in and what became of it are
 * counted in different places, so these sums can be checked:
 *
 * <ul>
 *   <li>{@code accepted = open + closed}, where the latter is the sum of {@code closed.*}, and {@code open} is 0 at the end
 *   <li>{@code refused} is the sum of {@code refused.*}; these were never accepted
 *   <li>{@code bytes_sent = bytes_written + bytes_discarded}, where the latter is the sum of {@code bytes_discarded.*};
 *       with {@code --mode reply}, {@code bytes_sent} is {@code requests * reply_bytes}
 *   <li>{@code udp.received = udp.answered + udp.refused + udp.dropped}, the latter two the sums of their parts
 * </ul>
 */
final class Ledger {

    private final LoopStats stats;

    Ledger(LoopStats stats) {
        this.stats = stats;
    }

    /** {@return the line; reasons that did not occur are left out} */
    String line(ServerSettings settings, RequestCounter requests, UdpGuard guard) {
        StringJoiner line = new StringJoiner(" ", "oneloop ledger: ", "");
        connections(line);
        replies(line, settings, requests);
        datagrams(line, guard);
        return line.toString();
    }

    private void connections(StringJoiner line) {
        put(line, "accepted", stats.get(Counter.ACCEPTED));
        put(line, "open", stats.open());
        put(line, "closed", stats.closed());
        for (CloseReason reason : CloseReason.values()) {
            putIfAny(line, "closed.", reason, stats.closed(reason));
        }
        put(line, "refused", stats.refused());
        for (RefuseReason reason : RefuseReason.values()) {
            putIfAny(line, "refused.", reason, stats.refused(reason));
        }
        put(line, "accept_errors", stats.get(Counter.ACCEPT_ERRORS));
    }

    private void replies(StringJoiner line, ServerSettings settings, RequestCounter requests) {
        put(line, "requests", requests.requests());
        if (settings.mode() == Mode.REPLY) {
            put(line, "reply_bytes", settings.reply().length());
        }
        put(line, "bytes_read", stats.get(Counter.BYTES_READ));
        put(line, "bytes_sent", stats.get(Counter.BYTES_SENT));
        put(line, "bytes_written", stats.get(Counter.BYTES_WRITTEN));
        put(line, "bytes_discarded", stats.get(Counter.BYTES_DISCARDED));
        for (CloseReason reason : CloseReason.values()) {
            putIfAny(line, "bytes_discarded.", reason, stats.discarded(reason));
        }
    }

    private void datagrams(StringJoiner line, UdpGuard guard) {
        long denied = stats.dropped(DropReason.ACCESS_DENIED);
        put(line, "udp.received", stats.get(Counter.DATAGRAMS_RECEIVED));
        put(line, "udp.answered", stats.get(Counter.DATAGRAMS_SENT));
        put(line, "udp.refused", guard.refused() + denied);
        for (UdpRefusal reason : UdpRefusal.values()) {
            putIfAny(line, "udp.refused.", reason, guard.refused(reason));
        }
        putIfAny(line, "udp.refused.", DropReason.ACCESS_DENIED, denied);
        long receiveErrors = stats.dropped(DropReason.RECEIVE_ERROR);
        put(line, "udp.dropped", stats.dropped() - denied - receiveErrors);
        for (DropReason reason : DropReason.values()) {
            if (reason != DropReason.ACCESS_DENIED && reason != DropReason.RECEIVE_ERROR) {
                putIfAny(line, "udp.dropped.", reason, stats.dropped(reason));
            }
        }
        put(line, "udp.receive_errors", receiveErrors);
    }

    private static void putIfAny(StringJoiner line, String prefix, Enum<?> reason, long count) {
        if (count > 0) {
            put(line, prefix + reason.name().toLowerCase(Locale.ROOT), count);
        }
    }

    private static void put(StringJoiner line, String key, long count) {
        line.add(key + "=" + count);
    }
}
