package io.oneloop.client.load;

/**
 * What happened in one stretch of the measurement.
 *
 * @param startSecond its beginning, from the start of the measurement
 * @param seconds its length
 * @param succeeded requests answered right in it, those of the warm-up too
 * @param errors errors in it; negative if that is not known, as also in the next two
 * @param inFlight requests in flight at its end
 * @param waiting requests at its end that were due and had no free connection
 * @param p50Nanos the median of the latency of those that succeeded; negative if they were fewer than two
 * @param p99Nanos their 99th percentile; negative if they were fewer than 100
 * @param maxNanos the longest; negative if there were none
 */
public record Interval(
        double startSecond,
        double seconds,
        long succeeded,
        long errors,
        long inFlight,
        long waiting,
        long p50Nanos,
        long p99Nanos,
        long maxNanos) {

    /** {@return the same without the times of which it turned out later that they are not known} */
    Interval withoutTimes() {
        return new Interval(startSecond, seconds, succeeded, errors, inFlight, waiting, -1, -1, -1);
    }

    /** {@return the requests answered per second} */
    public double rate() {
        return seconds > 0 ? succeeded / seconds : 0;
    }
}
