package io.oneloop.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code mvn -Pbench verify} runs. */
@Command(name = "benchmark", mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {

    private static final int FIRST_PORT = 21_000;

    /** What has to be installed, by Debian package. */
    private static final Map<String, String> PACKAGES = Map.of(
            "taskset", "util-linux",
            "redis-server", "redis-server",
            "redis-benchmark", "redis-tools",
            "nginx", "nginx-light",
            "wrk", "wrk");

    @Option(names = "--oneloop", required = true, description = "The launcher of the server.")
    private Path launcher;

    @Option(names = "--client", required = true, description = "The jar of the client, whose load is the generator.")
    private Path client;

    @Option(names = "--generator", description = "A program with the options of cload, used instead.")
    private String generator = "";

    @Option(
            names = "--yardstick",
            description = "Folder with cserver, which is then what the others are compared with.")
    private String yardstick = "";

    @Option(names = "--virtual-java", description = "The java of a JDK with virtual threads.")
    private String virtualJava = "";

    @Option(names = "--scenarios", description = "Names with commas between them; none for all.")
    private String scenarios = "";

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
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        List<Scenario> chosen = scenarios.isEmpty()
                ? Scenario.ALL
                : List.of(scenarios.split(",")).stream().map(Scenario::named).toList();
        List<Figures> all = compare(chosen, effort);
        Report report = new Report(facts(effort));
        report.ratios(all);
        if (counterparts) {
            Counterparts others =
                    new Counterparts(List.of(launcher.toString()), logs, serverCpu, generatorCpu, effort.rounds());
            report.counterpart("redis-benchmark -t ping_inline -c 50", others.redis(FIRST_PORT + 100));
            report.counterpart("wrk -t1 -c50", others.nginx(FIRST_PORT + 110));
        }
        all.forEach(report::details);
        Files.writeString(out.resolve("results.md"), report.toString());
        Files.writeString(out.resolve("results.svg"), RatioPlot.svg(all));
        System.out.println(report);
        return anyWrong(all) ? 1 : 0;
    }

    private List<String> missing() {
        return PACKAGES.entrySet().stream()
                .filter(tool -> counterparts || tool.getKey().equals("taskset"))
                .filter(tool -> List.of((System.getenv("PATH") + ":/usr/sbin").split(":")).stream()
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool.getKey()))))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private List<Figures> compare(List<Scenario> chosen, Effort effort) throws IOException, InterruptedException {
        Map<Contestant, ServerProcess> servers = new LinkedHashMap<>();
        try {
            int port = FIRST_PORT;
            for (Contestant contestant : contestants(chosen)) {
                Path log = logs.resolve(contestant.name() + ".log");
                servers.put(
                        contestant,
                        ServerProcess.start(contestant.name(), contestant.command(), port++, serverCpu, log));
            }
            Comparison comparison = new Comparison(servers, generator(), effort);
            List<Figures> all = new ArrayList<>();
            long start = System.nanoTime();
            for (Scenario scenario : chosen) {
                System.out.println("benchmark: " + scenario.name() + ", " + scenario.description());
                long share = TimeUnit.MINUTES.toNanos(effort.minutes()) * (all.size() + 1) / chosen.size();
                all.add(comparison.measure(scenario, start + share));
            }
            return all;
        } finally {
            for (ServerProcess server : servers.values()) {
                server.close();
            }
        }
    }

    private List<Contestant> contestants(List<Scenario> chosen) {
        Contestants contestants =
                new Contestants(chosen.stream().map(Scenario::name).toList());
        if (!yardstick.isEmpty()) {
            contestants.yardstick(Path.of(yardstick));
        }
        contestants.oneloop(List.of(launcher.toString())).peers(java(ownJava()));
        if (Runtime.version().feature() >= 21) {
            contestants.virtualThreads(java(ownJava()));
        } else if (!virtualJava.isEmpty()) {
            contestants.virtualThreads(java(virtualJava));
        }
        return contestants.all();
    }

    private Generator generator() {
        return generator.isEmpty()
                ? new LoadGenerator(List.of(ownJava(), "-jar", client.toString()), generatorCpu)
                : new CloadGenerator(generator, generatorCpu);
    }

    private static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> java(String java) {
        return List.of(java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"));
    }

    private List<String> facts(Effort effort) throws IOException {
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add(versions);
        facts.add("generator: "
                + (generator.isEmpty() ? "client-app load" : Path.of(generator).getFileName())
                + ", closed loop, pinned to processor " + generatorCpu + "; servers pinned to processor " + serverCpu);
        facts.add("up to " + effort.rounds() + " alternating rounds of " + effort.measuredSeconds() + " s");
        return facts;
    }

    private static boolean anyWrong(List<Figures> all) {
        boolean wrong = false;
        for (Figures figures : all) {
            for (String server : figures.servers()) {
                if (figures.wrong(server) + figures.failed(server) > 0) {
                    System.err.printf(
                            "benchmark: %s, %s: %d wrong replies, %d failures%n",
                            server, figures.scenario().name(), figures.wrong(server), figures.failed(server));
                    wrong = true;
                }
            }
        }
        return wrong;
    }
}
