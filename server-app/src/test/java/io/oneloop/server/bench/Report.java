package io.oneloop.server.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as Markdown. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    Report(List<String> facts) {
        line("<!-- Written by mvn -Pbench verify; do not edit. -->");
        line("");
        facts.forEach(fact -> line("- " + fact));
    }

    /** Processor time per request, put in relation to the first server. */
    void ratios(List<Figures> all) {
        List<String> servers = all.stream()
                .flatMap(figures -> figures.servers().stream())
                .distinct()
                .toList();
        String base = servers.get(0);
        line("");
        line("## Server CPU per request ÷ " + base + ", median of the rounds");
        line("");
        line("| server | " + join(all.stream().map(figures -> figures.scenario().name())) + " |");
        line("| --- |" + " ---: |".repeat(all.size()));
        for (String server : servers) {
            line("| " + server + " | "
                    + join(all.stream()
                            .map(figures -> figures.servers().contains(server)
                                    ? format(
                                            "%.3f",
                                            figures.ratio(server, base, Measurement::cpuMicrosPerRequest)
                                                    .median())
                                    : "–"))
                    + " |");
        }
    }

    void details(Figures figures) {
        Scenario scenario = figures.scenario();
        String base = figures.servers().get(0);
        line("");
        line("## " + scenario.name() + ": " + scenario.description());
        line("");
        line(figures.rounds() + " rounds");
        line("");
        line("| server | requests/s | CPU µs/request | p50 µs | p99 µs | p99.9 µs | CPU ÷ " + base
                + " (quartiles) | p99.9 ÷ " + base + " | lost |");
        line("| --- |" + " ---: |".repeat(8));
        for (String server : figures.servers()) {
            line(format(
                    "| %s | %,.0f | %.3f | %.0f | %.0f | %.0f | %s | %s | %d |",
                    server,
                    figures.median(server, Measurement::requestsPerSecond),
                    figures.median(server, Measurement::cpuMicrosPerRequest),
                    figures.median(server, Measurement::p50Micros),
                    figures.median(server, Measurement::p99Micros),
                    figures.median(server, Measurement::p999Micros),
                    figures.ratio(server, base, Measurement::cpuMicrosPerRequest),
                    figures.ratio(server, base, Measurement::p999Micros),
                    figures.lost(server)));
        }
    }

    /** A section that somebody else has put into words. */
    void section(String title, List<String> lines) {
        line("");
        line("## " + title);
        line("");
        lines.forEach(this::line);
    }

    void counterpart(String title, Figures figures) {
        String base = figures.servers().get(0);
        line("");
        line("## " + title);
        line("");
        line("| server | requests/s (median) | CPU µs/request | requests/s ÷ " + base + " | CPU ÷ " + base + " |");
        line("| --- |" + " ---: |".repeat(4));
        for (String server : figures.servers()) {
            line(format(
                    "| %s | %,.0f | %.3f | %s | %s |",
                    server,
                    figures.median(server, Measurement::requestsPerSecond),
                    figures.median(server, Measurement::cpuMicrosPerRequest),
                    figures.ratio(server, base, Measurement::requestsPerSecond),
                    figures.ratio(server, base, Measurement::cpuMicrosPerRequest)));
        }
    }

    private static String join(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | "));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
