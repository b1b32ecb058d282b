package io.oneloop.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Measures scenarios with all servers that take part in them, in alternating rounds. */
final class Comparison {

    private final Map<Contestant, ServerProcess> servers;
    private final Generator generator;
    private final Effort effort;
    private final Faults faults;

    /**
     * @param servers in the order of the comparison
     * @param faults hears of what went wrong
     */
    Comparison(Map<Contestant, ServerProcess> servers, Generator generator, Effort effort, Faults faults) {
        this.servers = servers;
        this.generator = generator;
        this.effort = effort;
        this.faults = faults;
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
            for (int run = 0; run < effort.warmRuns(); run++) {
                figures.addWarmUp(contestant.name(), measure(scenario, contestant, 1));
            }
        }
        for (int round = 0; round < effort.rounds(); round++) {
            for (Contestant contestant : round % 2 == 0 ? forth : back) {
                figures.add(contestant.name(), measure(scenario, contestant, effort.measuredSeconds()));
            }
        }
        return figures;
    }

    /** {@return what {@code one} costs a server in relation to {@code other}, driven in turn} */
    Spread ratio(Scenario one, Scenario other, Contestant contestant) throws IOException, InterruptedException {
        double[] ratios = new double[effort.rounds()];
        for (int round = 0; round < ratios.length; round++) {
            boolean forth = round % 2 == 0;
            double first = measure(forth ? one : other, contestant, effort.measuredSeconds())
                    .cpuMicrosPerRequest();
            double second = measure(forth ? other : one, contestant, effort.measuredSeconds())
                    .cpuMicrosPerRequest();
            ratios[round] = forth ? first / second : second / first;
        }
        return Spread.of(ratios);
    }

    private Measurement measure(Scenario scenario, Contestant contestant, double seconds)
            throws IOException, InterruptedException {
        ServerProcess server = servers.get(contestant);
        return faults.check(
                contestant.name(), scenario, generator.measure(scenario, server, effort.leadSeconds(), seconds));
    }
}
