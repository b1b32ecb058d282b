package io.oneloop.client.load;

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
     * @param percentile 0 to 100
     * @return the time that so many per cent kept to
     */
    public long nanosAt(double percentile) {
        return histogram.getValueAtPercentile(percentile);
    }
}
