package io.oneloop.client.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.HdrHistogram.Histogram;

/** A distribution of times in nanoseconds, of three significant digits. */
public final class Latency {

    private final Histogram histogram;

    Latency(Histogram histogram) {
        this.histogram = histogram;
    }

    Histogram histogram() {
        return histogram;
    }

    /** {@return how many were measured} */
    public long count() {
        return histogram.getTotalCount();
    }

    /** {@return the shortest; 0 if none was measured} */
    public long minNanos() {
        return count() == 0 ? 0 : histogram.getMinValue();
    }

    /** {@return the arithmetic mean} */
    public double meanNanos() {
        return histogram.getMean();
    }

    /** {@return the longest} */
    public long maxNanos() {
        return histogram.getMaxValue();
    }

    /**
     * How many times it takes for a percentile: at least one of them has to be beyond it, or it is but the longest by
     * another name.
     *
     * @param percentile 0 to 100
     * @return 1,000 for 99.9; 1 for 100, which is the longest
     */
    public static long samplesFor(double percentile) {
        // In decimals, as it was written: in binary 99.9 is a little more or less, and so would be the 1,000.
        BigDecimal beyond = BigDecimal.valueOf(100).subtract(BigDecimal.valueOf(percentile));
        return beyond.signum() <= 0
                ? 1
                : BigDecimal.valueOf(100)
                        .divide(beyond, 0, RoundingMode.CEILING)
                        .longValue();
    }

    /** {@return whether enough were measured for {@code percentile}; see {@link #samplesFor}} */
    public boolean supports(double percentile) {
        return count() >= samplesFor(percentile);
    }

    /**
     * @param percentile 0 to 100
     * @return the time that so many per cent kept to; of fewer than {@link #samplesFor} it takes, the longest
     */
    public long nanosAt(double percentile) {
        return histogram.getValueAtPercentile(percentile);
    }
}
