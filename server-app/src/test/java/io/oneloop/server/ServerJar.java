package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The server's jar as a process of its own. However a test ends it in good order, its ledger must balance. */
final class ServerJar implements AutoCloseable {

    static final InetAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0).getAddress();

    /** Or the JVM itself opens files of its container's limits now and then, which take our last descriptors, and count. */
    static final String NO_FILES_OF_THE_JVM = "-XX:-UseContainerSupport";

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final Path folder;
    private final boolean keepsLedger;
    private boolean endSeen;

    private ServerJar(Process process, Path folder, boolean keepsLedger) {
        this.process = process;
        this.folder = folder;
        this.keepsLedger = keepsLedger;
    }

    /** How to start it: by default on free ports, in English, in an environment without its variables. */
    static final class Launch {

        private final List<String> wrapper = new ArrayList<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "C.UTF-8"));
        private boolean stderrUnread;

        private Launch(String... arguments) {
            this.arguments.addAll(List.of(arguments));
        }

        /** By a command that runs the command after it, such as {@code prlimit --nofile=60}. */
        Launch under(List<String> command) {
            wrapper.addAll(command);
            return this;
        }

        Launch jvm(String... options) {
            jvmOptions.addAll(List.of(options));
            return this;
        }

        Launch environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Stderr is a pipe that nobody reads until {@link ServerJar#readStderrPipe}. */
        Launch stderrUnread() {
            stderrUnread = true;
            return this;
        }

        /** Starts the process and does not wait for it to be ready. */
        ServerJar start() throws IOException {
            List<String> command = new ArrayList<>(wrapper);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.addAll(List.of("-jar", System.getProperty("oneloop.server.jar")));
            command.addAll(arguments);
            Path folder = Files.createTempDirectory("server-jar");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .redirectError(
                            stderrUnread
                                    ? Redirect.PIPE
                                    : Redirect.to(folder.resolve("stderr").toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("ONELOOP_"));
            builder.environment().putAll(environment);
            return new ServerJar(builder.start(), folder, !arguments.contains("off"));
        }

        /** Starts the process and waits for its ready line. */
        ServerJar serve() throws IOException {
            addDefault("--tcp-port", "0");
            addDefault("--udp-port", "0");
            ServerJar jar = start();
            try {
                Awaitility.await().atMost(LIMIT).until(() -> jar.stdout().contains("\n") || !jar.isAlive());
                if (!jar.isAlive()) {
                    throw new IllegalStateException("ended with " + jar.process.exitValue() + ": " + jar.stderr());
                }
                return jar;
            } catch (RuntimeException e) {
                jar.kill();
                throw e;
            }
        }

        private void addDefault(String option, String value) {
            if (!arguments.contains(option)) {
                arguments.addAll(List.of(option, value));
            }
        }
    }

    static Launch with(String... arguments) {
        return new Launch(arguments);
    }

    int tcpPort() throws IOException {
        return port("tcp");
    }

    int udpPort() throws IOException {
        return port("udp");
    }

    private int port(String protocol) throws IOException {
        Matcher matcher =
                Pattern.compile("oneloop ready.* " + protocol + "=\\S+:(\\d+)").matcher(stdout());
        if (!matcher.find()) {
            throw new IllegalStateException("no " + protocol + " in: " + stdout());
        }
        return Integer.parseInt(matcher.group(1));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String stdout() throws IOException {
        return read("stdout");
    }

    String stderr() throws IOException {
        return read("stderr");
    }

    private String read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    InputStream readStderrPipe() {
        return process.getErrorStream();
    }

    /** Sends SIGTERM. {@return the exit code} */
    int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitExit();
    }

    /** {@return the exit code} */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running after " + LIMIT);
        }
        endSeen = true;
        return process.exitValue();
    }

    /** @param name such as STOP */
    void signal(String name) throws IOException, InterruptedException {
        DebianTool.KILL.succeed("-s", name, pid());
    }

    /** Ends it without giving it a chance to do anything about it. */
    void kill() {
        endSeen = true;
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends it in good order. {@return what it accounted for} */
    LedgerLine end() throws IOException, InterruptedException {
        assertEquals(0, terminate());
        return ledger().assertBalanced();
    }

    /** {@return what it accounted for when it ended} */
    LedgerLine ledger() throws IOException {
        return LedgerLine.in(stdout());
    }

    /**
     * Ends it if it still runs. The end must be a good one, with a ledger that balances, unless the test killed it or has
     * asked for the exit code.
     */
    @Override
    public void close() throws IOException {
        try {
            boolean served = stdout().startsWith("oneloop ready");
            if (served && isAlive()) {
                process.toHandle().destroy();
                process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            }
            if (!isAlive() && !endSeen) {
                assertEquals(0, process.exitValue(), stderr());
            }
            if (served && keepsLedger && process.exitValue() == 0) {
                ledger().assertBalanced();
            }
        } finally {
            kill();
            deleteOutput();
        }
    }

    private void deleteOutput() throws IOException {
        for (String name : List.of("stdout", "stderr")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }
}
