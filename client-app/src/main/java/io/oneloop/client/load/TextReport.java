package io.oneloop.client.load;

import java.util.List;
import java.util.Locale;

/** The report for people. */
final class TextReport {

    private TextReport() {}

    static String of(LoadResult result) {
        StringBuilder text = new StringBuilder();
        run(text, result);
        rate(text, result);
        text.append(LatencyTable.of(
                result.responseTime().orElse(null), result.serviceTime().orElse(null)));
        connections(text, result);
        udp(text, result.udp());
        errors(text, result);
        for (String limit : result.clientLimits()) {
            line(text, "Client  %s", limit);
        }
        for (String note : Diagnosis.of(result)) {
            line(text, "Note    %s", note);
        }
        thresholds(text, result);
        return text.toString();
    }

    private static void run(StringBuilder text, LoadResult result) {
        LoadPlan plan = result.plan();
        line(
                text,
                "Run   %.1f s  %s  %d %s  %s%s",
                result.seconds(),
                plan.url(),
                plan.connections(),
                plan.udp()
                        ? plan.connections() == 1 ? "socket" : "sockets"
                        : plan.connections() == 1 ? "connection" : "connections",
                plan.model(),
                end(result.end()));
    }

    private static String end(LoadResult.End end) {
        switch (end) {
            case INTERRUPTED:
                return "  INTERRUPTED";
            case STOPPED:
                return "  STOPPED at the first error";
            case STALLED:
                return "  STOPPED since nothing was answered any more";
            default:
                return "";
        }
    }

    private static void rate(StringBuilder text, LoadResult result) {
        StringBuilder rate = new StringBuilder("Rate  achieved " + Quantity.rate(result.rate()) + "/s");
        result.scheduledRate().ifPresent(scheduled -> {
            if (scheduled > 0) {
                rate.append(String.format(Locale.ROOT, " (%.2f %%)", 100 * result.rate() / scheduled));
            }
        });
        Latency lateness = result.health().lateness();
        if (lateness != null) {
            rate.append("   schedule lateness p99 ")
                    .append(lateness.count() == 0 ? "n/a" : Quantity.time(lateness.nanosAt(99)));
        }
        line(text, "%s", rate);
        line(
                text,
                result.isClientSaturated()
                        ? "      CLIENT SATURATED: the figures below are a lower bound"
                        : "      client OK   loop lag p99 %s   busiest loop %s   gc %s",
                lag(result.health().loopLag()),
                busy(result.health().busiestLoop()),
                Quantity.time(result.health().gcNanos()));
    }

    private static String lag(Latency lag) {
        return lag.count() == 0 ? "n/a" : Quantity.time(lag.nanosAt(99));
    }

    private static String busy(Double share) {
        return share == null ? "n/a" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static void connections(StringBuilder text, LoadResult result) {
        line(
                text,
                "Sent  %s requests, %s answered right; with the warm-up %s bytes out, %s bytes in",
                Quantity.grouped(result.sent()),
                Quantity.grouped(result.succeeded()),
                Quantity.grouped(result.counts().bytesSent()),
                Quantity.grouped(result.counts().bytesReceived()));
        result.connectTime()
                .ifPresent(connect -> line(
                        text,
                        "Open  %s connections made, connect p50 %s  p99 %s  max %s",
                        Quantity.grouped(connect.count()),
                        Quantity.time(connect.nanosAt(50)),
                        Quantity.time(connect.nanosAt(99)),
                        Quantity.time(connect.maxNanos())));
    }

    private static void udp(StringBuilder text, UdpFigures udp) {
        if (udp != null) {
            line(
                    text,
                    "UDP   lost %s  late %s  unreachable %s  duplicates %s  reordered %s  jitter %s",
                    Quantity.grouped(udp.lost()),
                    udp.late() == null ? "n/a" : Quantity.grouped(udp.late()),
                    Quantity.grouped(udp.unreachable()),
                    udp.duplicates() == null ? "n/a" : Quantity.grouped(udp.duplicates()),
                    udp.reordered() == null ? "n/a" : Quantity.grouped(udp.reordered()),
                    udp.jitterNanos() == null ? "n/a" : Quantity.time(udp.jitterNanos()));
        }
    }

    private static void errors(StringBuilder text, LoadResult result) {
        List<ErrorSummary.Entry> entries = result.errors().entries();
        if (entries.isEmpty()) {
            line(text, "Errors  none");
            return;
        }
        line(text, "Errors  %s", Quantity.grouped(result.errors().total()));
        for (ErrorSummary.Entry entry : entries) {
            line(
                    text,
                    "  %-18s %,10d   first %.1f s  last %.1f s   %s",
                    entry.kind(),
                    entry.count(),
                    entry.firstSecond(),
                    entry.lastSecond(),
                    entry.kind().hint());
            if (entry.example() != null) {
                line(text, "  %-18s %10s   e.g. %s", "", "", entry.example());
            }
            if (entry.kind() == ErrorKind.REPLY_WRONG_BYTES && result.counts().wrongBytes() > 0) {
                line(text, "  %-18s %,10d   bytes in all", "", result.counts().wrongBytes());
            }
        }
    }

    private static void thresholds(StringBuilder text, LoadResult result) {
        for (Threshold threshold : result.plan().thresholds()) {
            line(
                    text,
                    "Threshold  %-16s %s  (%s)",
                    threshold,
                    threshold.judge(result) == Threshold.Verdict.KEPT ? "kept" : "MISSED",
                    threshold.measured(result));
        }
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
