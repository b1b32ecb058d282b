package io.oneloop.client.load;

/**
 * Interarrival jitter, RFC 3550, section 6.4.1, on round-trip times: a running mean of how much one differs from the one
 * before.
 */
final class Jitter {

    private static final double GAIN = 1 / 16.0;

    private double nanos;
    private long last;
    private long samples;

    void add(long roundTripNanos) {
        if (samples++ > 0) {
            nanos += (Math.abs(roundTripNanos - last) - nanos) * GAIN;
        }
        last = roundTripNanos;
    }

    /** {@return whether there were two round trips to compare} */
    boolean isKnown() {
        return samples > 1;
    }

    double nanos() {
        return nanos;
    }
}
