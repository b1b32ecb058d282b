package io.oneloop.server.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where repeated measurements of one thing lie.
 *
 * @param lower a quarter of them is below; of three, none
 * @param upper a quarter of them is above; of three, none
 */
record Spread(double least, double lower, double median, double upper, double most) {

    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[last - last / 2]) / 2;
        return new Spread(sorted[0], sorted[last / 4], median, sorted[last - last / 4], sorted[last]);
    }

    /** {@return {@code 1.017 (0.998–1.040)}, with the quartiles} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median, lower, upper);
    }

    /** {@return the same with the least and the most} */
    String whole() {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median, least, most);
    }
}
