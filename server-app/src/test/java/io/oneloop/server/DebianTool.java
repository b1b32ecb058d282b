package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that others wrote, from a Debian package: the test fails, and says what to install, if it is not there. */
record DebianTool(String program, String debianPackage) {

    static final DebianTool NETCAT = new DebianTool("nc", "netcat-openbsd");
    static final DebianTool CURL = new DebianTool("curl", "curl");
    static final DebianTool WRK = new DebianTool("wrk", "wrk");
    static final DebianTool REDIS_BENCHMARK = new DebianTool("redis-benchmark", "redis-tools");
    static final DebianTool PYTHON = new DebianTool("python3", "python3");

    private static final int LIMIT_SECONDS = 60;

    record Outcome(int exitCode, String output) {}

    /** {@return the command to start it with, for {@link ProcessBuilder}} */
    List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Runs it to its end with {@code input} on stdin. {@return exit code, and stdout and stderr together} */
    Outcome run(byte[] input, Object... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(program, ".out");
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

    Outcome run(String input, Object... arguments) throws IOException, InterruptedException {
        return run(input.getBytes(UTF_8), arguments);
    }

    /** Starts it with stdout and stderr in a file. */
    Process start(Path output, Object... arguments) {
        try {
            return new ProcessBuilder(command(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return fail(program + " cannot be started: apt-get install " + debianPackage, e);
        }
    }
}
