package io.oneloop.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Measures scenarios with all servers that take part in them, in alternating rounds. */
final class Comparison {

    private final Map<Contestant, ServerProcess> servers;
    private final Generator generator;
    private final Effort effort;

    /** @param servers in the order of the comparison */
    Comparison(Map<Contestant, ServerProcess> servers, Generator generator, Effort effort) {
        this.servers = servers;
        this.generator = generator;
        this.effort = effort;
    }

    Figures measure(Scenario scenario) throws IOException, InterruptedException {
        List<Contestant> forth = servers.keySet().stream()
                .filter(contestant -> contestant.takesPartIn(scenario))
                .toList();
        List<Contestant> back = forth.stream()
                .sorted((a, b) -> forth.indexOf(b) - forth.indexOf(a))
                .toList();
        Figures figures =
                new Figures(scenario, forth.stream().map(Contestant::name).toList());
        for (Contestant contestant : forth) {
            figures.addWarmUp(
                    contestant.name(),
                    generator.measure(scenario, servers.get(contestant), effort.warmSeconds(), effort.leadSeconds()));
        }
        for (int round = 0; round < effort.rounds(); round++) {
            for (Contestant contestant : round % 2 == 0 ? forth : back) {
                figures.add(
                        contestant.name(),
                        generator.measure(
                                scenario, servers.get(contestant), effort.leadSeconds(), effort.measuredSeconds()));
            }
        }
        return figures;
    }
}
