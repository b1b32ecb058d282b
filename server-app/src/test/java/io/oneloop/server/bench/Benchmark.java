package io.oneloop.server.bench;

import io.oneloop.server.peers.EpollServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code mvn -Pbench verify} runs. */
@Command(name = "benchmark", mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {

    private static final int FIRST_PORT = 21_000;

    /** Where two generators are held against each other; more would take long and tell no more. */
    private static final List<String> SCENARIOS_FOR_BOTH = List.of("t50", "u50");

    /** What has to be installed, by Debian package. */
    private static final Map<String, String> PACKAGES = Map.of(
            "taskset", "util-linux",
            "cc", "gcc",
            "redis-server", "redis-server",
            "redis-benchmark", "redis-tools",
            "nginx", "nginx-light",
            "wrk", "wrk");

    private static final List<String> ALWAYS_NEEDED = List.of("taskset", "cc");

    @Option(names = "--oneloop", required = true, description = "The launcher of the server.")
    private Path launcher;

    @Option(names = "--client", required = true, description = "The jar of the client, whose load is the generator.")
    private Path client;

    @Option(names = "--generator", description = "A program with the options of cload, used instead.")
    private String generator = "";

    @Option(
            names = "--yardstick",
            description = "Another C server, with the options of cserver, to measure ours against.")
    private String yardstick = "";

    @Option(names = "--virtual-java", description = "The java of a JDK with virtual threads.")
    private String virtualJava = "";

    @Option(names = "--scenarios", description = "Names with commas between them; none for all.")
    private String scenarios = "";

    @Option(names = "--servers", description = "Names with commas between them; none for all.")
    private String servers = "";

    @Option(names = "--quick", arity = "1", description = "Whether fewer and shorter rounds will do.")
    private boolean quick;

    @Option(names = "--counterparts", arity = "1", description = "Whether to compare with redis-server and nginx.")
    private boolean counterparts = true;

    @Option(names = "--versions", description = "Of the libraries compared with.")
    private String versions = "";

    @Option(names = "--out", required = true, description = "Where results.md and results.svg go.")
    private Path out;

    @Option(names = "--logs", required = true, description = "Where the servers' output goes.")
    private Path logs;

    @Option(names = "--server-cpu", description = "Default: ${DEFAULT-VALUE}.")
    private int serverCpu = 0;

    @Option(names = "--generator-cpu", description = "Default: ${DEFAULT-VALUE}.")
    private int generatorCpu = 1;

    private Benchmark() {}

    /** Ends with 0, 1 if a reply was wrong or something failed, 2 if something is missing. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Benchmark()).setExecutionExceptionHandler((error, line, parsed) -> {
            System.err.println("benchmark: " + error.getMessage());
            return 1;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            System.err.println("benchmark: install what is missing: apt-get install " + String.join(" ", missing));
            return 2;
        }
        Files.createDirectories(out);
        Files.createDirectories(logs);
        Effort effort = effort();
        List<Scenario> chosen = scenarios.isEmpty()
                ? Scenario.ALL
                : names(scenarios).stream().map(Scenario::named).toList();
        Agreement agreement = new Agreement();
        Faults faults = new Faults();
        Figured figured = compare(chosen, effort, agreement, faults);
        List<Figures> all = figured.all();
        Report report = new Report(facts(effort));
        report.section("Goals", Goals.table(all, figured.besideIdle()));
        report.ratios(all);
        if (!generator.isEmpty()) {
            report.section("Do the generators agree", agreement.lines(generatorName(), "client-app load"));
        }
        if (counterparts) {
            Counterparts others = new Counterparts(
                    List.of(launcher.toString()), logs, serverCpu, generatorCpu, effort.rounds(), faults);
            report.counterpart("redis-benchmark -t ping_inline -c 50", others.redis(FIRST_PORT + 100));
            report.counterpart("wrk -t1 -c50", others.nginx(FIRST_PORT + 110));
        }
        all.forEach(report::details);
        Files.writeString(out.resolve("results.md"), report.toString());
        Files.writeString(out.resolve("results.svg"), RatioPlot.svg(all));
        System.out.println(report);
        agreement.contradictions().forEach(line -> System.err.println("benchmark: the generators disagree: " + line));
        faults.found().forEach(line -> System.err.println("benchmark: " + line));
        return faults.found().isEmpty() && agreement.contradictions().isEmpty() ? 0 : 1;
    }

    private List<String> missing() {
        return PACKAGES.entrySet().stream()
                .filter(tool -> counterparts || ALWAYS_NEEDED.contains(tool.getKey()))
                .filter(tool -> List.of((System.getenv("PATH") + ":/usr/sbin").split(":")).stream()
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool.getKey()))))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private Effort effort() {
        if (generator.isEmpty()) {
            return quick ? Effort.QUICK_SLOW_START : Effort.SLOW_START;
        }
        return quick ? Effort.QUICK : Effort.FULL;
    }

    private Figured compare(List<Scenario> chosen, Effort effort, Agreement agreement, Faults faults)
            throws IOException, InterruptedException {
        Map<Contestant, ServerProcess> running = new LinkedHashMap<>();
        try {
            int port = FIRST_PORT;
            for (Contestant contestant : contestants(chosen)) {
                Path log = logs.resolve(contestant.name() + ".log");
                running.put(
                        contestant,
                        ServerProcess.start(contestant.name(), contestant.command(), port++, serverCpu, log));
            }
            Generator load = new LoadGenerator(List.of(ownJava(), "-jar", client.toString()), generatorCpu);
            Generator other = generator.isEmpty() ? load : new CloadGenerator(generator, generatorCpu);
            Comparison comparison = new Comparison(running, other, effort, faults);
            List<Figures> all = new ArrayList<>();
            for (Scenario scenario : chosen) {
                System.out.println("benchmark: " + scenario.name() + ", " + scenario.description());
                Figures figures = comparison.measure(scenario);
                all.add(figures);
                if (!generator.isEmpty() && SCENARIOS_FOR_BOTH.contains(scenario.name())) {
                    agreement.compare(figures, new Comparison(running, load, Effort.ORDER, faults).measure(scenario));
                }
            }
            return new Figured(all, besideIdle(chosen, running, comparison));
        } finally {
            for (ServerProcess server : running.values()) {
                server.close();
            }
        }
    }

    /** Measured in turn: two scenarios are minutes apart, and the machine is another by then. */
    private static Optional<Spread> besideIdle(
            List<Scenario> chosen, Map<Contestant, ServerProcess> running, Comparison comparison)
            throws IOException, InterruptedException {
        Optional<Contestant> ours = running.keySet().stream()
                .filter(contestant -> contestant.name().equals(Goals.OURS))
                .findFirst();
        Scenario beside = Scenario.named("t50i9k");
        if (ours.isEmpty() || !chosen.contains(beside)) {
            return Optional.empty();
        }
        return Optional.of(comparison.ratio(beside, Scenario.named("t50"), ours.get()));
    }

    /** @param besideIdle what a request of t50i9k costs us in relation to one of t50 */
    private record Figured(List<Figures> all, Optional<Spread> besideIdle) {}

    /** The first is what the others are put in relation to: the C server, unless it was not chosen. */
    private List<Contestant> contestants(List<Scenario> chosen) throws IOException, InterruptedException {
        Contestants contestants =
                new Contestants(chosen.stream().map(Scenario::name).toList(), names(servers));
        contestants.c(EpollServer.compile(logs));
        if (!yardstick.isEmpty()) {
            contestants.yardstick(Path.of(yardstick));
        }
        contestants.oneloop(List.of(launcher.toString())).peers(ownJava());
        if (Runtime.version().feature() >= 21) {
            contestants.virtualThreads(ownJava());
        } else if (!virtualJava.isEmpty()) {
            contestants.virtualThreads(virtualJava);
        }
        return contestants.all();
    }

    private static List<String> names(String commaSeparated) {
        return commaSeparated.isEmpty() ? List.of() : List.of(commaSeparated.split(","));
    }

    private String generatorName() {
        return Path.of(generator).getFileName().toString();
    }

    private static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> facts(Effort effort) throws IOException, InterruptedException {
        List<String> facts = new ArrayList<>(Machine.facts());
        if (!virtualJava.isEmpty() && Runtime.version().feature() < 21) {
            String version = Commands.output(List.of(virtualJava, "--version"));
            facts.add("virtual-threads on: " + version.strip().replaceAll("(?s).*\n", ""));
        }
        facts.add(versions);
        facts.add("generator: " + (generator.isEmpty() ? "client-app load" : generatorName())
                + ", closed loop, pinned to processor " + generatorCpu + "; servers pinned to processor " + serverCpu);
        facts.add(effort.toString());
        facts.add("`" + commandLine() + "`");
        return facts;
    }

    /** What this was started by; of paths only the end, which is the same on every machine. */
    private String commandLine() {
        StringBuilder line = new StringBuilder("mvn -Pbench verify");
        line.append(generator.isEmpty() ? "" : " -Dgenerator=…/" + generatorName());
        line.append(
                yardstick.isEmpty()
                        ? ""
                        : " -Dyardstick=…/" + Path.of(yardstick).getFileName());
        line.append(
                virtualJava.isEmpty()
                        ? ""
                        : " -DvirtualJava=…/" + Path.of(virtualJava).getFileName());
        line.append(scenarios.isEmpty() ? "" : " -Dscenarios=" + scenarios);
        line.append(servers.isEmpty() ? "" : " -Dservers=" + servers);
        line.append(quick ? " -Dquick=true" : "");
        line.append(counterparts ? "" : " -Dcounterparts=false");
        return line.toString();
    }
}
