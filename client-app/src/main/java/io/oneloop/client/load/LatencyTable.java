package io.oneloop.client.load;

import java.util.Locale;

/** Percentiles as lines of text, the two times side by side. */
final class LatencyTable {

    static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99};

    private LatencyTable() {}

    /** @param response or {@code service} may be null: what is not known is {@code n/a} */
    static String of(Latency response, Latency service) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "  %-8s  %-30s  %s%n", "", "response time (from schedule)", "service time (from send)"));
        for (double percentile : PERCENTILES) {
            row(text, name(percentile), at(response, percentile), at(service, percentile));
        }
        row(text, "max", max(response), max(service));
        row(text, "mean", mean(response), mean(service));
        return text.toString();
    }

    /** {@return {@code p99.9}} */
    static String name(double percentile) {
        return "p" + (percentile == Math.rint(percentile) ? String.valueOf((long) percentile) : percentile);
    }

    private static void row(StringBuilder text, String name, String response, String service) {
        text.append(String.format(Locale.ROOT, "  %-8s  %-30s  %s%n", name, response, service));
    }

    private static String at(Latency latency, double percentile) {
        return latency == null ? "n/a" : Quantity.time(latency.nanosAt(percentile));
    }

    private static String max(Latency latency) {
        return latency == null ? "n/a" : Quantity.time(latency.maxNanos());
    }

    private static String mean(Latency latency) {
        return latency == null ? "n/a" : Quantity.time(latency.meanNanos());
    }
}
