package io.oneloop.client.load;

import io.oneloop.client.Messages;
import java.util.List;
import java.util.Locale;

/** The report for people, in one language. */
final class TextReport {

    private static final int KIND_WIDTH = 18;
    private static final int COUNT_WIDTH = 10;
    private static final int THRESHOLD_WIDTH = 16;

    private final LoadResult result;
    private final Messages messages;
    private final StringBuilder text = new StringBuilder();

    private TextReport(LoadResult result, Messages messages) {
        this.result = result;
        this.messages = messages;
    }

    static String of(LoadResult result, Messages messages) {
        return new TextReport(result, messages).text();
    }

    private String text() {
        run();
        rate();
        text.append(LatencyTable.of(
                result.responseTime().orElse(null), result.serviceTime().orElse(null), messages));
        connections();
        if (result.udp() != null) {
            udp(result.udp());
        }
        errors();
        result.clientLimits(messages).forEach(limit -> say("report.limit", limit));
        Diagnosis.of(result, messages).forEach(note -> say("report.note", note));
        thresholds();
        return text.toString();
    }

    private void run() {
        LoadPlan plan = result.plan();
        String what = plan.udp() ? "report.socket" : "report.connection";
        say(
                "report.run",
                Quantity.tenths(result.seconds()),
                plan.url(),
                messages.count(what, plan.connections(), plan.connections()),
                model(plan),
                end());
    }

    private String model(LoadPlan plan) {
        if (!plan.isOpenModel()) {
            return messages.get("report.closed");
        }
        return plan.stages().size() == 1
                ? messages.get("report.open", Quantity.rate(plan.stages().get(0).perSecond()))
                : messages.get("report.openStages", plan.stages().size());
    }

    private String end() {
        switch (result.end()) {
            case INTERRUPTED:
                return messages.get("report.interrupted");
            case STOPPED:
                return messages.get("report.stopped");
            case STALLED:
                return messages.get("report.stalled");
            case NOT_OPENED:
                return messages.get(result.plan().udp() ? "report.noSocket" : "report.noConnection");
            default:
                return "";
        }
    }

    private void rate() {
        if (!result.isMeasured()) {
            line(messages.get("report.rate", "n/a"));
            return;
        }
        double achieved = result.rate().orElseThrow();
        StringBuilder rate = new StringBuilder(messages.get("report.rate", Quantity.rate(achieved) + "/s"));
        result.scheduledRate().ifPresent(scheduled -> {
            if (scheduled > 0) {
                rate.append(String.format(Locale.ROOT, " (%.2f %%)", 100 * achieved / scheduled));
            }
        });
        Latency lateness = result.health().lateness();
        if (lateness != null) {
            rate.append(messages.get("report.lateness", LatencyTable.shown(lateness, 99)));
        }
        line(rate.toString());
        String verdict = result.isClientSaturated()
                ? messages.get("report.clientSaturated")
                : messages.get(
                        "report.clientOk",
                        LatencyTable.shown(result.health().loopLag(), 99),
                        busy(result.health().busiestLoop()),
                        Quantity.time(result.health().gcNanos()));
        line("      " + verdict);
    }

    private static String busy(Double share) {
        return share == null ? "n/a" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void connections() {
        say(
                "report.sent",
                count("report.request", result.sent()),
                Quantity.grouped(result.succeeded()),
                Quantity.grouped(result.errors().failedRequests()),
                result.plan().isOpenModel()
                        ? messages.get(
                                "report.due", Quantity.grouped(result.counts().due()))
                        : "",
                count("report.byte", result.counts().bytesSent()),
                count("report.byte", result.counts().bytesReceived()));
        result.connectTime()
                .ifPresent(connect -> say(
                        "report.connects",
                        count("report.connection", connect.count()),
                        LatencyTable.shown(connect, 50),
                        LatencyTable.shown(connect, 99),
                        Quantity.time(connect.maxNanos())));
    }

    private String count(String key, long n) {
        return messages.count(key, n, Quantity.grouped(n));
    }

    private void udp(UdpFigures udp) {
        say(
                "report.udp",
                Quantity.grouped(udp.lost()),
                udp.late() == null ? "n/a" : Quantity.grouped(udp.late()),
                Quantity.grouped(udp.unreachable()),
                udp.duplicates() == null ? "n/a" : Quantity.grouped(udp.duplicates()),
                udp.reordered() == null ? "n/a" : Quantity.grouped(udp.reordered()),
                udp.jitterNanos() == null ? "n/a" : Quantity.time(udp.jitterNanos()));
    }

    private void errors() {
        List<ErrorSummary.Entry> entries = result.errors().entries();
        if (entries.isEmpty()) {
            line(messages.get("report.noErrors"));
            return;
        }
        say("report.errors", Quantity.grouped(result.errors().total()));
        for (ErrorSummary.Entry entry : entries) {
            String seen = messages.get(
                    "report.error",
                    Quantity.tenths(entry.firstSecond()),
                    Quantity.tenths(entry.lastSecond()),
                    entry.kind().hint(messages));
            errorLine(entry.kind().toString(), Quantity.grouped(entry.count()), seen);
            if (entry.example() != null) {
                errorLine("", "", messages.get("report.example", entry.example().in(messages)));
            }
            long wrongBytes = result.counts().wrongBytes();
            if (entry.kind() == ErrorKind.REPLY_WRONG_BYTES && wrongBytes > 0) {
                errorLine("", Quantity.grouped(wrongBytes), messages.get("report.wrongBytes"));
            }
        }
    }

    private void errorLine(String kind, String count, String words) {
        line(String.format("  %-" + KIND_WIDTH + "s %" + COUNT_WIDTH + "s   %s", kind, count, words));
    }

    private void thresholds() {
        for (Threshold threshold : result.plan().thresholds()) {
            boolean kept = threshold.judge(result) == Threshold.Verdict.KEPT;
            say(
                    "report.threshold",
                    Columns.left(threshold.toString(), THRESHOLD_WIDTH),
                    messages.get(kept ? "report.kept" : "report.missed"),
                    measured(threshold));
        }
    }

    private String measured(Threshold threshold) {
        String measured = threshold.measured(result);
        return threshold
                .reason(result)
                .map(why -> measured + ": " + why.in(messages))
                .orElse(measured);
    }

    private void say(String key, Object... arguments) {
        line(messages.get(key, arguments));
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
