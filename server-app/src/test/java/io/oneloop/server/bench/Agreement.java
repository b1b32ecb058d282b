package io.oneloop.server.bench;

import java.util.ArrayList;
import java.util.List;

/** Whether two generators put the servers in the same order, as far as what they measured lies apart. */
final class Agreement {

    private final List<String> table = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();
    private int pairs;
    private int ordered;

    /**
     * @param one what the first generator measured
     * @param other the same scenario and servers, with the second
     */
    void compare(Figures one, Figures other) {
        List<String> servers = one.servers();
        table.addAll(List.of(
                "| " + one.scenario().name() + ", CPU ÷ " + servers.get(0) + " | one | other |",
                "| --- | ---: | ---: |"));
        for (String server : servers) {
            table.add("| " + server + " | " + cost(one, server).whole() + " | "
                    + cost(other, server).whole() + " |");
        }
        table.add("");
        for (int i = 0; i < servers.size(); i++) {
            for (String later : servers.subList(i + 1, servers.size())) {
                comparePair(one, other, servers.get(i), later);
            }
        }
    }

    private void comparePair(Figures one, Figures other, String a, String b) {
        int first = order(cost(one, a), cost(one, b));
        int second = order(cost(other, a), cost(other, b));
        pairs++;
        if (first * second != 0) {
            ordered++;
        }
        if (first * second < 0) {
            contradictions.add(one.scenario().name() + ": " + (first < 0 ? a : b) + " is cheaper than "
                    + (first < 0 ? b : a) + " with one, dearer with the other");
        }
    }

    /** In relation to the first server of the same round, as everywhere. */
    private static Spread cost(Figures figures, String server) {
        return figures.ratio(server, figures.servers().get(0), Measurement::cpuMicrosPerRequest);
    }

    /** {@return below 0 if all of {@code a} is below all of {@code b}, above 0 for the reverse, 0 if they overlap} */
    private static int order(Spread a, Spread b) {
        if (a.most() < b.least()) {
            return -1;
        }
        return b.most() < a.least() ? 1 : 0;
    }

    List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** {@return a section in Markdown} */
    List<String> lines(String one, String other) {
        List<String> lines = new ArrayList<>(List.of(
                "One is " + one + ", the other " + other + ". Of " + pairs + " pairs of servers, " + ordered
                        + " lie apart with both, without an overlap of their spreads: "
                        + (ordered - contradictions.size())
                        + " of them in the same order. Of the others neither order is claimed.",
                ""));
        contradictions.forEach(contradiction -> lines.add("- " + contradiction));
        if (!contradictions.isEmpty()) {
            lines.add("");
        }
        lines.addAll(table);
        lines.remove(lines.size() - 1);
        return lines;
    }
}
