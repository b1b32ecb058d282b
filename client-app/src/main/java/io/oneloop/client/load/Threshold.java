package io.oneloop.client.load;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A limit that a run must keep: {@code p99<5ms}, {@code errors<0.1%}, {@code rate>40k}. */
public final class Threshold {

    /** A percentile such as 99.9 is not exact in binary: 999 answers of 1,000 are enough for it. */
    private static final double ROUNDING = 1e-12;

    private static final Pattern FORM = Pattern.compile(
            "\\s*(p\\d{1,2}(?:\\.\\d+)?|p100|min|mean|max|rate|errors|lost)\\s*(<=|>=|<|>)\\s*(\\S+)\\s*");

    /** How a run did against a threshold. */
    public enum Verdict {
        /** It kept it. */
        KEPT,
        /** It did not. */
        MISSED,
        /** The run does not have the figure; it counts as missed, since nothing shows that it was kept. */
        UNKNOWN
    }

    private final String text;
    private final String metric;
    private final String operator;
    private final double limit;
    private final boolean percent;

    private Threshold(String text, String metric, String operator, double limit, boolean percent) {
        this.text = text;
        this.metric = metric;
        this.operator = operator;
        this.limit = limit;
        this.percent = percent;
    }

    /**
     * Reads a threshold.
     *
     * @throws WrongValue saying what is wrong with it
     */
    public static Threshold parse(String text) {
        Matcher m = FORM.matcher(text);
        WrongValue.unless(m.matches(), "wrong.threshold", text);
        String metric = m.group(1);
        String value = m.group(3);
        boolean percent = value.endsWith("%");
        boolean counted = metric.equals("rate") || metric.equals("errors") || metric.equals("lost");
        WrongValue.unless(!percent || metric.equals("errors") || metric.equals("lost"), "wrong.percent", text);
        boolean unitless = Character.isDigit(value.charAt(value.length() - 1));
        WrongValue.unless(counted || !unitless, "wrong.unitless", text, metric + m.group(2) + value + "ms");
        double limit;
        if (percent) {
            limit = Quantity.count(value.substring(0, value.length() - 1));
        } else {
            limit = counted ? Quantity.count(value) : Quantity.nanos(value);
        }
        return new Threshold(text.strip(), metric, m.group(2), limit, percent);
    }

    /** {@return how {@code result} did} */
    public Verdict judge(LoadResult result) {
        if (isBeyondWhatWasAnswered(result)) {
            return holds(Double.POSITIVE_INFINITY) ? Verdict.KEPT : Verdict.MISSED;
        }
        OptionalDouble figure = figure(result);
        if (figure.isEmpty()) {
            return isKeptByEach(result) ? Verdict.KEPT : Verdict.UNKNOWN;
        }
        return holds(figure.getAsDouble()) ? Verdict.KEPT : Verdict.MISSED;
    }

    /**
     * Whether the figure is one of the requests that were due and not answered rightly: these have no time, but were longer
     * than any that has.
     */
    private boolean isBeyondWhatWasAnswered(LoadResult result) {
        if (!isLatency() || metric.equals("min")) {
            return false;
        }
        double percentile = metric.startsWith("p") ? percentile() : 100;
        double answered = 100.0 * result.succeeded();
        // Nothing is due in the closed model; in the open one, what a late client never sent is, too.
        long asked =
                Math.max(result.sent(), result.counts().due()) - result.errors().notAwaited();
        return answered < percentile * asked * (1 - ROUNDING);
    }

    /** Of times of which each keeps the limit, so does every percentile, however few they are. */
    private boolean isKeptByEach(LoadResult result) {
        return metric.startsWith("p")
                && result.latency()
                        .filter(latency -> latency.count() > 0)
                        .map(latency -> holds(operator.startsWith("<") ? latency.maxNanos() : latency.minNanos()))
                        .orElse(false);
    }

    private boolean isLatency() {
        return !metric.equals("rate") && !metric.equals("errors") && !metric.equals("lost");
    }

    boolean holds(double figure) {
        switch (operator) {
            case "<":
                return figure < limit;
            case "<=":
                return figure <= limit;
            case ">":
                return figure > limit;
            default:
                return figure >= limit;
        }
    }

    private OptionalDouble figure(LoadResult result) {
        switch (metric) {
            case "rate":
                return result.rate().map(OptionalDouble::of).orElse(OptionalDouble.empty());
            case "errors":
                return share(result.errors().measured(), result);
            case "lost":
                return result.udp() == null
                        ? OptionalDouble.empty()
                        : share(result.udp().lost(), result);
            default:
                return isBeyondWhatWasAnswered(result)
                        ? OptionalDouble.empty()
                        : result.latency().map(this::latencyFigure).orElse(OptionalDouble.empty());
        }
    }

    private OptionalDouble share(long count, LoadResult result) {
        if (!percent) {
            return OptionalDouble.of(count);
        }
        double attempts = (double) count + result.succeeded();
        return attempts == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * count / attempts);
    }

    private OptionalDouble latencyFigure(Latency latency) {
        if (latency.count() == 0) {
            return OptionalDouble.empty();
        }
        switch (metric) {
            case "min":
                return OptionalDouble.of(latency.minNanos());
            case "mean":
                return OptionalDouble.of(latency.meanNanos());
            case "max":
                return OptionalDouble.of(latency.maxNanos());
            default:
                return latency.supports(percentile())
                        ? OptionalDouble.of(latency.nanosAt(percentile()))
                        : OptionalDouble.empty();
        }
    }

    /** {@return why the run does not have the figure; empty if it does, or if a note says so of the whole run} */
    Optional<Sentence> reason(LoadResult result) {
        if (!metric.startsWith("p") || figure(result).isPresent() || isBeyondWhatWasAnswered(result)) {
            return Optional.empty();
        }
        return result.latency()
                .map(latency -> Sentence.of(
                        isKeptByEach(result) ? "threshold.keptByEach" : "threshold.tooFew",
                        metric,
                        Quantity.grouped(Latency.samplesFor(percentile())),
                        Quantity.grouped(latency.count())));
    }

    private double percentile() {
        return Double.parseDouble(metric.substring(1));
    }

    /** {@return what the run had: whole microseconds, requests per second, a count or per cent; or null} */
    Number number(LoadResult result) {
        OptionalDouble figure = figure(result);
        if (figure.isEmpty()) {
            return null;
        }
        if (percent || metric.equals("rate")) {
            return figure.getAsDouble();
        }
        return metric.equals("errors") || metric.equals("lost")
                ? (Long) (long) figure.getAsDouble()
                : (Long) JsonReport.micros(figure.getAsDouble());
    }

    /** {@return what the run had, in the unit of the limit, or {@code n/a}} */
    String measured(LoadResult result) {
        OptionalDouble figure = figure(result);
        if (figure.isEmpty()) {
            return "n/a";
        }
        double value = figure.getAsDouble();
        if (percent) {
            return String.format(Locale.ROOT, "%.4f %%", value);
        }
        switch (metric) {
            case "rate":
                return Quantity.rate(value);
            case "errors":
            case "lost":
                return Quantity.grouped((long) value);
            default:
                return Quantity.time(value);
        }
    }

    /** {@return the threshold as it was written} */
    @Override
    public String toString() {
        return text;
    }
}
