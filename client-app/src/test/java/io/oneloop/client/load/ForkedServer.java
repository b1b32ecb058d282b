package io.oneloop.client.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A replying server in a process of its own, since descriptors are counted per process. */
final class ForkedServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private ForkedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ForkedServer start() throws IOException {
        Process process = new ProcessBuilder(javaCommand(List.of("-Xmx256m"), ForkedServer.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ForkedServer(process, Integer.parseInt(out.readLine()));
    }

    /** A JVM on the class path of this one. */
    static List<String> javaCommand(List<String> jvmOptions, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    int port() {
        return port;
    }

    /** Prints its port, and serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        try (StubServer server = StubServer.replying()) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // Nothing is said to it but the end.
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
