package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that others wrote, from a Debian package: the test fails, and says what to install, if it is not there. */
record DebianTool(String program, String debianPackage) {

    static final DebianTool NETCAT = new DebianTool("nc", "netcat-openbsd");
    static final DebianTool ENV = new DebianTool("env", "coreutils");
    static final DebianTool CURL = new DebianTool("curl", "curl");
    static final DebianTool WRK = new DebianTool("wrk", "wrk");
    static final DebianTool REDIS_BENCHMARK = new DebianTool("redis-benchmark", "redis-tools");
    static final DebianTool PYTHON = new DebianTool("python3", "python3");
    static final DebianTool STRACE = new DebianTool("strace", "strace");
    static final DebianTool PRLIMIT = new DebianTool("prlimit", "util-linux");
    static final DebianTool KILL = new DebianTool("kill", "procps");

    private static final int LIMIT_SECONDS = 120;

    record Outcome(int exitCode, String output) {}

    /** For what another program starts. {@return this, if it is there} */
    DebianTool installed() {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
        return found ? this : fail(program + " cannot be started: apt-get install " + debianPackage);
    }

    /** {@return the command to start it with, for {@link ProcessBuilder}} */
    List<String> command(Object... arguments) {
        installed();
        List<String> command = new ArrayList<>(List.of(program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Runs it to its end with {@code input} on stdin. {@return exit code, and stdout and stderr together} */
    Outcome run(byte[] input, Object... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".out");
        try {
            Process process = start(output, arguments);
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail(program + " did not end: " + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Runs it to its end, which must be a good one. {@return stdout and stderr together} */
    String succeed(Object... arguments) throws IOException, InterruptedException {
        Outcome outcome = run("", arguments);
        assertEquals(0, outcome.exitCode(), () -> program + ": " + outcome.output());
        return outcome.output();
    }

    Outcome run(String input, Object... arguments) throws IOException, InterruptedException {
        return run(input.getBytes(UTF_8), arguments);
    }

    /** Starts it with stdout and stderr in a file. */
    Process start(Path output, Object... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
