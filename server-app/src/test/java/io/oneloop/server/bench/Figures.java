package io.oneloop.server.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What one scenario measured, by server in the order of the comparison, round by round. */
final class Figures {

    private final Scenario scenario;
    private final Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
    private final Map<String, List<Measurement>> all = new LinkedHashMap<>();

    Figures(Scenario scenario, List<String> servers) {
        this.scenario = scenario;
        servers.forEach(server -> rounds.put(server, new ArrayList<>()));
        servers.forEach(server -> all.put(server, new ArrayList<>()));
    }

    Scenario scenario() {
        return scenario;
    }

    List<String> servers() {
        return List.copyOf(rounds.keySet());
    }

    void add(String server, Measurement measurement) {
        rounds.get(server).add(measurement);
        all.get(server).add(measurement);
    }

    /** A measurement that is none, but for what was lost in it. */
    void addWarmUp(String server, Measurement measurement) {
        all.get(server).add(measurement);
    }

    int rounds() {
        return rounds.values().iterator().next().size();
    }

    /** {@return the median over the rounds} */
    double median(String server, ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.get(server).stream().mapToDouble(figure).toArray())
                .median();
    }

    /** {@return the figure of {@code server} divided by that of {@code base} in the same round} */
    Spread ratio(String server, String base, ToDoubleFunction<Measurement> figure) {
        List<Measurement> ours = rounds.get(server);
        List<Measurement> theirs = rounds.get(base);
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(theirs.get(i));
        }
        return Spread.of(ratios);
    }

    /** {@return datagrams without an answer, in the warm-up as well} */
    long lost(String server) {
        return all.get(server).stream().mapToLong(Measurement::lost).sum();
    }
}
