package io.oneloop.client.load;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates, durations and counts as people write them: {@code 50k}, {@code 1.5s}, {@code 10_000}. */
final class Quantity {

    private static final Pattern NUMBER = Pattern.compile("(\\d[\\d_]*(?:\\.\\d+)?)\\s*([A-Za-zµ%]*)(?:/s)?");

    private Quantity() {}

    /** @return nanoseconds; a number without a unit is seconds */
    static long nanos(String text) {
        Matcher m = match(text, "wrong.time");
        double scale;
        switch (m.group(2)) {
            case "ns":
                scale = 1;
                break;
            case "us":
            case "µs":
                scale = 1e3;
                break;
            case "ms":
                scale = 1e6;
                break;
            case "":
            case "s":
                scale = 1e9;
                break;
            case "m":
                scale = 60e9;
                break;
            case "h":
                scale = 3600e9;
                break;
            default:
                throw new WrongValue("wrong.unit", text);
        }
        // Pacer.NEVER is what was not given, however much was.
        return Math.min(Pacer.NEVER - 1, Math.round(number(m) * scale));
    }

    /** @return a count or a rate; k stands for 1,000 and M for 1,000,000 */
    static double count(String text) {
        Matcher m = match(text, "wrong.number");
        switch (m.group(2)) {
            case "":
                return number(m);
            case "k":
            case "K":
                return number(m) * 1e3;
            case "M":
                return number(m) * 1e6;
            default:
                throw new WrongValue("wrong.suffix", text);
        }
    }

    private static Matcher match(String text, String otherwise) {
        Matcher m = NUMBER.matcher(text.strip());
        WrongValue.unless(m.matches(), otherwise, text);
        return m;
    }

    private static double number(Matcher m) {
        return Double.parseDouble(m.group(1).replace("_", ""));
    }

    /** {@return seconds with one digit after the point, and without a sign if that is all zeros} */
    static String tenths(double seconds) {
        // By way of an integer, since "%.1f" writes what is just below zero as -0.0.
        return String.format(Locale.ROOT, "%.1f", Math.round(seconds * 10) / 10.0);
    }

    /** {@return {@code 0.21 ms}, {@code 90 µs} or {@code 1.20 s}} */
    static String time(double nanos) {
        if (nanos < 1e5) {
            return String.format(Locale.ROOT, nanos < 1e4 ? "%.1f µs" : "%.0f µs", nanos / 1e3);
        }
        if (nanos < 1e9) {
            return String.format(
                    Locale.ROOT, nanos < 1e7 ? "%.2f ms" : nanos < 1e8 ? "%.1f ms" : "%.0f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /** {@return {@code 49,998}, with one decimal below 100} */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }

    /** {@return {@code 50.0k}, for where space is short} */
    static String shortRate(double value) {
        if (value < 1e3) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return value < 1e6
                ? String.format(Locale.ROOT, value % 1e3 == 0 ? "%.0fk" : "%.1fk", value / 1e3)
                : String.format(Locale.ROOT, "%.2fM", value / 1e6);
    }

    /** {@return {@code 10,000}} */
    static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
