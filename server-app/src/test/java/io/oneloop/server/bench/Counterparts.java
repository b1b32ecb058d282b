package io.oneloop.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs that others run every day, driven by the tools that are made for them. */
final class Counterparts {

    private static final Scenario TOOL = new Scenario("tool", Scenario.Kind.TCP, 50, 1, 0, "50 connections");
    private static final String HTTP =
            "HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nContent-Length: 2\\r\\n\\r\\nok";
    private static final int REDIS_REQUESTS = 100_000;
    private static final int WRK_SECONDS = 1;
    private static final Pattern REDIS_RATE = Pattern.compile("\"PING_INLINE\",\"([\\d.]+)\"");
    private static final Pattern WRK_COUNT = Pattern.compile("(\\d+) requests in ([\\d.]+)s");
    private static final Pattern WRK_REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern WRK_ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private final List<String> oneloop;
    private final Path folder;
    private final int serverCpu;
    private final int generatorCpu;
    private final int rounds;
    private final Faults faults;

    /** @param oneloop how the server is started, without its arguments; @param folder for logs and settings */
    Counterparts(List<String> oneloop, Path folder, int serverCpu, int generatorCpu, int rounds, Faults faults) {
        this.oneloop = oneloop;
        this.folder = folder;
        this.serverCpu = serverCpu;
        this.generatorCpu = generatorCpu;
        this.rounds = rounds;
        this.faults = faults;
    }

    Figures redis(int firstPort) throws IOException, InterruptedException {
        List<String> redis =
                List.of("redis-server", "--port", "{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        return compare("redis-server", redis, "+PONG\\r\\n", firstPort, this::redisBenchmark);
    }

    Figures nginx(int firstPort) throws IOException, InterruptedException {
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(settings, """
                daemon off;
                master_process off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    keepalive_requests 1000000000;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 127.0.0.1:%2$d;
                        location / { default_type text/plain; return 200 "ok"; }
                    }
                }
                """.formatted(folder, firstPort));
        List<String> nginx =
                List.of("/usr/sbin/nginx", "-c", settings.toString(), "-e", folder.resolve("nginx.err") + "");
        return compare("nginx", nginx, HTTP, firstPort, this::wrk);
    }

    private Figures compare(
            String name, List<String> command, String reply, int port, Function<ServerProcess, Measurement> tool)
            throws IOException, InterruptedException {
        List<String> ours = new ArrayList<>(oneloop);
        ours.addAll(List.of("--tcp-port", "{port}", "--no-udp", "--log", "off", "--reply", reply));
        Figures figures = new Figures(TOOL, List.of(name, "oneloop"));
        try (ServerProcess theirs = ServerProcess.start(name, command, port, serverCpu, folder.resolve(name + ".log"));
                ServerProcess oneloop = ServerProcess.start(
                        "oneloop", ours, port + 1, serverCpu, folder.resolve("oneloop-" + name + ".log"))) {
            List<ServerProcess> forth = List.of(theirs, oneloop);
            List<ServerProcess> back = List.of(oneloop, theirs);
            // The first two rounds warm up.
            for (int round = -2; round < rounds; round++) {
                for (ServerProcess server : round % 2 == 0 ? forth : back) {
                    Measurement measurement = faults.check(server.toString(), TOOL, tool.apply(server));
                    if (round >= 0) {
                        figures.add(server.toString(), measurement);
                    }
                }
            }
        }
        return figures;
    }

    private Measurement redisBenchmark(ServerProcess server) {
        List<String> command = List.of(
                "redis-benchmark",
                "-p",
                "" + server.port(),
                "-t",
                "ping_inline",
                "-c",
                "50",
                "-n",
                "" + REDIS_REQUESTS,
                "--csv");
        long before = server.cpuNanos();
        Matcher rate = found(REDIS_RATE, run(command));
        return measurement(Double.parseDouble(rate.group(1)), REDIS_REQUESTS, server.cpuNanos() - before, 0);
    }

    private Measurement wrk(ServerProcess server) {
        String url = "http://127.0.0.1:" + server.port() + "/";
        long before = server.cpuNanos();
        String output = run(List.of("wrk", "-t1", "-c50", "-d" + WRK_SECONDS + "s", url));
        Matcher count = found(WRK_COUNT, output);
        long requests = Long.parseLong(count.group(1));
        double seconds = Double.parseDouble(count.group(2));
        return measurement(requests / seconds, requests, server.cpuNanos() - before, wrkFailures(output));
    }

    private String run(List<String> command) {
        try {
            return Commands.output(Commands.pinned(generatorCpu, command));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
        }
    }

    private static Matcher found(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("no figure in: " + output);
        }
        return matcher;
    }

    /** wrk exits with 0 however many requests failed, and has these lines only if one did. */
    static long wrkFailures(String output) {
        long failures = 0;
        for (Pattern pattern : List.of(WRK_REFUSED, WRK_ERRORS)) {
            Matcher matcher = pattern.matcher(output);
            if (matcher.find()) {
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    failures += Long.parseLong(matcher.group(i));
                }
            }
        }
        return failures;
    }

    private static Measurement measurement(double perSecond, long requests, long cpuNanos, long failed) {
        return new Measurement(perSecond, 0, 0, 0, cpuNanos / 1e3 / requests, 0, failed, 0);
    }
}
