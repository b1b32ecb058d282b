package io.oneloop.server;

import static io.oneloop.server.Patience.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Strace on the thread of a server's event loop alone, from when it is made until it is stopped. */
final class Strace implements AutoCloseable {

    private final Path output = Files.createTempFile(Path.of("target"), "strace", ".txt");
    private final Path messages = Files.createTempFile(Path.of("target"), "strace", ".stderr");
    private final Process process;

    /** @param expressions each for a -e of its own */
    Strace(RunningJar jar, String... expressions) throws IOException {
        this(jar.pid(), expressions);
    }

    Strace(long server, String... expressions) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("-o", output, "-p", new ProcessFigures(server).loopThread()));
        for (String expression : expressions) {
            arguments.addAll(List.of("-e", expression));
        }
        process = DebianTool.STRACE.start(messages, arguments.toArray());
        try {
            await().until(() -> Files.readString(messages).contains("attached"));
        } catch (RuntimeException e) {
            String reason = Files.readString(messages);
            close();
            throw new AssertionError("strace cannot attach; run as root: " + reason, e);
        }
    }

    /** {@return the lines that hold {@code text} so far} Strace writes them in blocks: the last ones come with its end. */
    long count(String text) throws IOException {
        return lines(lines -> lines.filter(line -> line.contains(text)).count());
    }

    long lines(ToLongFunction<Stream<String>> figure) throws IOException {
        try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
            return figure.applyAsLong(lines);
        }
    }

    /** Detaches. What was traced can still be counted. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() throws IOException {
        stop();
        Files.delete(output);
        Files.delete(messages);
    }
}
