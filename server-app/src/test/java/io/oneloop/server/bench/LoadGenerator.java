package io.oneloop.server.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** {@code client-app load}, closed model, one loop. */
final class LoadGenerator implements Generator {

    private static final String FIFTEEN_BYTES_AND_NEWLINE = "PING 0123456789\\n";
    private static final String SEVERAL_SOURCES = "127.0.0.1,127.0.0.2,127.0.0.3,127.0.0.4";

    /** Less would be over before the generator's own JVM has got going. */
    private static final double LEAST_SECONDS = 1;

    private final List<String> java;
    private final int cpu;

    /** @param java how to run the client's jar */
    LoadGenerator(List<String> java, int cpu) {
        this.java = java;
        this.cpu = cpu;
    }

    @Override
    public Measurement measure(Scenario scenario, ServerProcess server, double warmSeconds, double seconds)
            throws IOException, InterruptedException {
        List<SocketChannel> idle = connect(scenario.idle(), server.port());
        try {
            List<String> command =
                    Commands.pinned(cpu, command(scenario, server, Math.max(LEAST_SECONDS, warmSeconds + seconds)));
            long before = server.cpuNanos();
            String output = Commands.output(command);
            long used = server.cpuNanos() - before;
            return measurement(new JsonObject(output), used);
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    /** Without a warm-up of its own: the processor time of the server is that of all requests, and so is their number. */
    private List<String> command(Scenario scenario, ServerProcess server, double seconds) {
        List<String> command = new ArrayList<>(java);
        String scheme = scenario.kind() == Scenario.Kind.UDP ? "udp" : "tcp";
        command.addAll(List.of("load", scheme + "://127.0.0.1:" + server.port(), "--quiet", "--output", "json"));
        command.addAll(List.of("-c", "" + scenario.clients(), "--pipeline", "" + scenario.inFlight()));
        command.addAll(List.of("-d", Math.round(seconds * 1000) + "ms", "--warmup", "0ms", "--connect-rate", "20000"));
        command.addAll(List.of("-m", FIFTEEN_BYTES_AND_NEWLINE));
        if (scenario.kind() == Scenario.Kind.CHURN) {
            command.addAll(List.of("--requests-per-conn", "1", "--source", SEVERAL_SOURCES));
        }
        return command;
    }

    private static List<SocketChannel> connect(int count, int port) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            channels.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        return channels;
    }

    private static Measurement measurement(JsonObject report, long cpuNanos) {
        JsonObject requests = report.getJsonObject("requests");
        JsonObject udp = report.getJsonObject("udp");
        long lost = udp == null ? 0 : udp.getLong("lost");
        JsonObject latency = report.getJsonObject("service_time_us");
        return new Measurement(
                report.getDouble("rate_per_s"),
                latency.getDouble("p50"),
                latency.getDouble("p99"),
                latency.getDouble("p99_9"),
                cpuNanos / 1e3 / requests.getLong("succeeded"),
                requests.getLong("wrong_bytes"),
                Math.max(0, requests.getLong("failed") - lost),
                lost);
    }
}
