package io.oneloop.client;

import static io.oneloop.client.Patience.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** The real jar at a pseudo-terminal, which script(1) provides. */
final class TerminalSession implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    /** An ordinary terminal. */
    static TerminalSession open(String... arguments) throws IOException {
        return new TerminalSession("xterm", "stty rows 24 cols 100; unset NO_COLOR; ", arguments);
    }

    /** An ordinary terminal, and {@code NO_COLOR} in the environment. */
    static TerminalSession openWithoutColour(String... arguments) throws IOException {
        return new TerminalSession("xterm", "stty rows 24 cols 100; export NO_COLOR=1; ", arguments);
    }

    /** One that nobody knows the type and the size of. */
    static TerminalSession openUnknown(String... arguments) throws IOException {
        return new TerminalSession("", "", arguments);
    }

    private TerminalSession(String type, String setUp, String... arguments) throws IOException {
        Tool.require("env", "coreutils");
        String client = String.join(" ", ClientJar.command(List.of(), arguments));
        // Ctrl-C reaches the shell too. Where SIGINT is not ignored from outside, one such as dash would end by it
        // before it says how the client ended; a trap keeps it, and the client starts with the default again.
        String command = "trap : INT; " + setUp + "env --default-signal=INT " + client
                + "; echo \"ended with $?\"; stty -a | grep -o -- '-*icanon'";
        ProcessBuilder builder = new ProcessBuilder(Tool.require("script", "bsdutils"), "-qec", command, "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("TERM", type);
        builder.environment().put("LC_ALL", "C.UTF-8");
        process = builder.start();
        Thread reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                synchronized (screen) {
                    screen.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String screen() {
        synchronized (screen) {
            return screen.toString(StandardCharsets.UTF_8);
        }
    }

    /** Waits until {@code text} is shown after what was shown at {@code from}. {@return the end of it} */
    int awaitText(int from, String text) {
        try {
            await().atMost(LIMIT).until(() -> screen().indexOf(text, from) >= 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("'" + text + "' is not shown: " + screen(), e);
        }
        return screen().indexOf(text, from) + text.length();
    }

    void type(String keys) throws IOException {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
