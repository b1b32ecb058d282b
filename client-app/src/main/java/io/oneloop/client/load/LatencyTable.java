package io.oneloop.client.load;

import io.oneloop.client.Messages;

/** Percentiles as lines of text, the two times side by side. */
final class LatencyTable {

    static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99};

    private static final int NAME_WIDTH = 10;
    private static final int TIME_WIDTH = 32;

    private LatencyTable() {}

    /** @param response or {@code service} may be null: what is not known is {@code n/a} */
    static String of(Latency response, Latency service, Messages messages) {
        StringBuilder text = new StringBuilder();
        row(text, "", messages.get("report.responseTime"), messages.get("report.serviceTime"));
        for (double percentile : PERCENTILES) {
            row(text, name(percentile), shown(response, percentile), shown(service, percentile));
        }
        row(text, messages.get("report.max"), max(response), max(service));
        row(text, messages.get("report.mean"), mean(response), mean(service));
        return text.toString();
    }

    /** {@return {@code p99.9}} */
    static String name(double percentile) {
        return "p" + (percentile == Math.rint(percentile) ? String.valueOf((long) percentile) : percentile);
    }

    private static void row(StringBuilder text, String name, String response, String service) {
        text.append("  ")
                .append(Columns.left(name, NAME_WIDTH))
                .append(Columns.left(response, TIME_WIDTH))
                .append(service)
                .append(System.lineSeparator());
    }

    /** {@return the percentile, or {@code n/a} where {@code latency}, which may be null, has too few times for it} */
    static String shown(Latency latency, double percentile) {
        return latency == null || !latency.supports(percentile) ? "n/a" : Quantity.time(latency.nanosAt(percentile));
    }

    private static String max(Latency latency) {
        return latency == null ? "n/a" : Quantity.time(latency.maxNanos());
    }

    private static String mean(Latency latency) {
        return latency == null ? "n/a" : Quantity.time(latency.meanNanos());
    }
}
