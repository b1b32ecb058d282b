package io.oneloop.client.load;

import io.oneloop.client.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether the client was able to do what it says it did.
 *
 * @param lateness how late the loops turned to requests that were due; null in the closed model, which has no schedule
 * @param loopLag how long a loop took to turn to something new
 * @param gcNanos the time of all collections of garbage during the measurement
 * @param gcCount how many
 * @param busiestLoop the CPU time of the busiest loop as a share of the measurement, 0 to 1; null if the JVM does not say
 * @param seconds the length of the measurement
 */
public record ClientHealth(
        Latency lateness, Latency loopLag, long gcNanos, long gcCount, Double busiestLoop, double seconds) {

    private static final double BUSY = 0.95;
    private static final double GC_SHARE = 0.02;
    /** Below this, being late is the machine's ordinary noise. */
    private static final long NOISE_NANOS = 1_000_000;

    private static final double PART_OF_LATENCY = 0.1;
    private static final double[] COMPARED = {99, 90, 50};

    /**
     * What limited the client, in sentences; empty if nothing did.
     *
     * @param latency what the run shows, or null
     */
    List<String> limits(Latency latency, Messages messages) {
        List<String> limits = new ArrayList<>();
        if (busiestLoop != null && busiestLoop >= BUSY) {
            limits.add(messages.get("limit.busy", String.format(Locale.ROOT, "%.0f %%", busiestLoop * 100)));
        }
        slowAt(lateness, latency).ifPresent(p -> limits.add(slow("limit.late", lateness, p, messages)));
        slowAt(loopLag, latency).ifPresent(p -> limits.add(slow("limit.lag", loopLag, p, messages)));
        if (gcNanos > seconds * 1e9 * GC_SHARE) {
            limits.add(messages.get("limit.gc", Quantity.time(gcNanos)));
        }
        return limits;
    }

    /** {@return how long a loop once did nothing at most: a few such do not show in a percentile, but in the maximum} */
    long longestStandstillNanos() {
        return Math.max(loopLag.maxNanos(), lateness == null ? 0 : lateness.maxNanos());
    }

    private static String slow(String key, Latency delay, double percentile, Messages messages) {
        return messages.get(key, LatencyTable.name(percentile), Quantity.time(delay.nanosAt(percentile)));
    }

    /**
     * {@return the highest percentile at which the delay is enough to matter, among those that there are enough times for}
     * That is, more than noise, and a visible part of what was measured there.
     */
    private static OptionalDouble slowAt(Latency delay, Latency latency) {
        if (delay == null || latency == null) {
            return OptionalDouble.empty();
        }
        return Arrays.stream(COMPARED)
                .filter(percentile -> delay.supports(percentile) && latency.supports(percentile))
                .filter(percentile -> delay.nanosAt(percentile) > NOISE_NANOS)
                .filter(percentile -> delay.nanosAt(percentile) > PART_OF_LATENCY * latency.nanosAt(percentile))
                .findFirst();
    }
}
