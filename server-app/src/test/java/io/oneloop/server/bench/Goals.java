package io.oneloop.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the server should cost at most in relation to the C server that does what a JVM must, and what it does cost. */
final class Goals {

    static final String OURS = "oneloop";
    static final String BASE = "c-jvm";
    private static final String BARE = "bare-nio";

    private static final Map<String, Double> MOST = Map.ofEntries(
            Map.entry("t50", 1.00),
            Map.entry("t1000", 1.00),
            Map.entry("t10000", 1.00),
            Map.entry("t50i9k", 1.00),
            Map.entry("t50d16", 1.00),
            Map.entry("t1000d16", 1.00),
            Map.entry("u1", 1.02),
            Map.entry("u50", 1.02),
            Map.entry("u1d32", 1.02),
            Map.entry("u10d32", 1.02),
            Map.entry("churn", 1.04));
    private static final double MOST_TAIL = 1.5;
    private static final double MOST_BESIDE_IDLE = 1.03;

    private Goals() {}

    /**
     * {@return a table in Markdown, or why there is none}
     *
     * @param besideIdle what a request of t50i9k costs us in relation to one of t50
     */
    static List<String> table(List<Figures> all, Optional<Spread> besideIdle) {
        List<String> lines = new ArrayList<>(List.of(
                "| goal | at most | measured (quartiles) | verdict | " + BARE + " | below every Netty |",
                "| --- | ---: | ---: | --- | ---: | --- |"));
        for (Figures figures : all) {
            if (figures.servers().containsAll(List.of(OURS, BASE))) {
                String name = figures.scenario().name();
                lines.add(row(name + ", CPU ÷ " + BASE, MOST.get(name), figures, Measurement::cpuMicrosPerRequest));
                if (name.equals("t50")) {
                    lines.add(row(name + ", p99.9 ÷ " + BASE, MOST_TAIL, figures, Measurement::p999Micros));
                }
            }
        }
        if (lines.size() == 2) {
            return List.of("Not judged: that takes " + OURS + " and " + BASE + ".");
        }
        besideIdle.map(Goals::besideIdle).ifPresent(lines::add);
        return lines;
    }

    private static String row(String goal, double most, Figures figures, ToDoubleFunction<Measurement> figure) {
        Spread measured = figures.ratio(OURS, BASE, figure);
        return format(
                "| %s | %.2f | %s | %s | %s | %s |",
                goal,
                most,
                measured,
                verdict(measured.median(), most),
                bare(figures, figure),
                belowNetty(figures, figure));
    }

    /** Idle connections beside should cost the busy ones next to nothing. */
    private static String besideIdle(Spread ratio) {
        return format(
                "| CPU of t50i9k ÷ t50 | %.2f | %s | %s | – | – |",
                MOST_BESIDE_IDLE, ratio, verdict(ratio.median(), MOST_BESIDE_IDLE));
    }

    /** The same figure of a bare loop: how much of the miss is java.nio's. */
    private static String bare(Figures figures, ToDoubleFunction<Measurement> figure) {
        return figures.servers().contains(BARE)
                ? format("%.3f", figures.ratio(BARE, BASE, figure).median())
                : "–";
    }

    private static String verdict(double measured, double most) {
        return measured <= most ? "met" : format("missed by %.3f", measured - most);
    }

    private static String belowNetty(Figures figures, ToDoubleFunction<Measurement> figure) {
        double ours = figures.ratio(OURS, BASE, figure).median();
        List<String> netty = figures.servers().stream()
                .filter(server -> server.startsWith("netty"))
                .toList();
        if (netty.isEmpty()) {
            return "–";
        }
        List<String> notAbove = netty.stream()
                .filter(server -> figures.ratio(server, BASE, figure).median() <= ours)
                .map(server -> server + " "
                        + format("%.3f", figures.ratio(server, BASE, figure).median()))
                .toList();
        return notAbove.isEmpty() ? "yes" : "no: " + String.join(", ", notAbove);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
