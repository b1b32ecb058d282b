package io.oneloop.server.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The server in C that every other is put in relation to. */
public final class EpollServer {

    private static final Path SOURCE = Path.of("src", "test", "c", "epoll_server.c");

    private EpollServer() {}

    /**
     * Compiles the server, as any C program is: {@code cc -O2}.
     *
     * @param folder where the program goes
     * @return the program, which takes a port and, to do what a JVM must, the word {@code jvm}
     */
    public static Path compile(Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("epoll_server");
        List<String> command =
                List.of("cc", "-std=c11", "-O2", "-Wall", "-Wextra", "-pthread", "-o", "" + program, "" + SOURCE);
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() == 0) {
                return program;
            }
            throw new IOException("cc says above why");
        } catch (IOException e) {
            throw new IOException("compile " + SOURCE + ": " + e.getMessage() + "; apt-get install gcc libc6-dev", e);
        }
    }
}
