package io.oneloop.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A generator that takes the options of cload and prints one line of {@code key=value}. */
final class CloadGenerator implements Generator {

    private static final Pattern FIGURE = Pattern.compile("(\\w+)=([\\d.]+)");

    private final String program;
    private final int cpu;

    CloadGenerator(String program, int cpu) {
        this.program = program;
        this.cpu = cpu;
    }

    @Override
    public Measurement measure(Scenario scenario, ServerProcess server, double warmSeconds, double seconds)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program, "-p", "" + server.port(), "-P", "" + server.pid()));
        command.addAll(List.of("-M", scenario.kind().name().toLowerCase(Locale.ROOT)));
        command.addAll(List.of("-c", "" + scenario.clients(), "-d", "" + scenario.inFlight()));
        // From several addresses, since one runs out of ports.
        command.addAll(List.of("-i", "" + scenario.idle(), "-S", scenario.kind() == Scenario.Kind.CHURN ? "8" : "1"));
        command.addAll(List.of("-R", "20000", "-w", "" + warmSeconds, "-s", "" + seconds));
        String output = Commands.output(Commands.pinned(cpu, command));
        Map<String, Double> figures = FIGURE.matcher(output)
                .results()
                .collect(Collectors.toMap(figure -> figure.group(1), figure -> Double.valueOf(figure.group(2))));
        if (!figures.containsKey("srv_us_per_req")) {
            throw new IllegalStateException(server + ", " + scenario.name() + ": the generator failed: " + output);
        }
        return new Measurement(
                figures.get("rps"),
                figures.get("p50_us"),
                figures.get("p99_us"),
                figures.get("p999_us"),
                figures.get("srv_us_per_req"),
                figures.get("bad").longValue(),
                figures.get("errs").longValue(),
                figures.get("lost").longValue());
    }
}
