package io.oneloop.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A running server on a processor of its own. */
final class ServerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final int port;
    private final Process process;

    private ServerProcess(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** @param command with {@code {port}} for the port; what it prints goes to {@code log} */
    static ServerProcess start(String name, List<String> command, int port, int cpu, Path log) throws IOException {
        List<String> filled =
                command.stream().map(word -> word.replace("{port}", "" + port)).toList();
        Process process = new ProcessBuilder(Commands.pinned(cpu, filled))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ServerProcess server = new ServerProcess(name, port, process);
        Awaitility.await(name + " listens on " + port + "; its output is in " + log)
                .atMost(START_LIMIT)
                .failFast(() -> !process.isAlive())
                .until(server::listens);
        return server;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** {@return the processor time that all threads have used so far; finer than the ticks of /proc/PID/stat} */
    long cpuNanos() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid() + "/task"))) {
            return tasks.mapToLong(ServerProcess::cpuNanosOfThread).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("read the processor time of " + name, e);
        }
    }

    private static long cpuNanosOfThread(Path task) {
        try {
            return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
        } catch (IOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return name;
    }
}
