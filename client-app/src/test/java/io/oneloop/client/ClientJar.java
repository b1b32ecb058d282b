package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the real jar as a process, without a terminal. */
final class ClientJar {

    /** What it left behind. */
    record Result(int exitCode, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    private static final long LIMIT_SECONDS = 120;

    private ClientJar() {}

    static Result run(String input, String... arguments) throws Exception {
        return run(input.getBytes(StandardCharsets.UTF_8), List.of(), arguments);
    }

    static Result run(byte[] input, List<String> jvmOptions, String... arguments) throws Exception {
        Path in = Files.createTempFile("client", ".in");
        try {
            Files.write(in, input);
            return run(in, jvmOptions, arguments);
        } finally {
            Files.delete(in);
        }
    }

    static Result run(Path in, List<String> jvmOptions, String... arguments) throws Exception {
        Path out = Files.createTempFile("client", ".out");
        Path err = Files.createTempFile("client", ".err");
        try {
            Process process = new ProcessBuilder(command(jvmOptions, arguments))
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                fail("still running after " + LIMIT_SECONDS + " s; stderr: " + Files.readString(err));
            }
            Result result = new Result(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
            if (result.err().contains("\tat ") || result.err().contains("Exception in thread")) {
                fail("a stack trace reached the user: " + result.err());
            }
            return result;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static List<String> command(List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(System.getProperty("client.jar"));
        command.addAll(List.of(arguments));
        return command;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // Whoever started the tests in the background may have SIGINT ignored, and that is inherited.
        command.addAll(List.of(Tool.require("env", "coreutils"), "--default-signal=INT"));
        command.addAll(command(List.of(), arguments));
        return new ProcessBuilder(command).start();
    }
}
