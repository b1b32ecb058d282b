package io.oneloop.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * The options that {@code tcp} and {@code udp} have in common. Where another command has an option of the same name,
 * the key of the description keeps the two apart.
 */
final class SharedOptions {

    /** What the JVM makes of an argument that the locale has no characters for. */
    private static final char UNREADABLE = '\ufffd';

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            descriptionKey = "shared.message",
            description = "Send exactly TEXT, as UTF-8 and without a line end, print the answer and end.")
    String message;

    @Option(
            names = {"-w", "--connect-timeout"},
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            descriptionKey = "shared.connect-timeout",
            description = "How long a connect may take: 500ms, 5s, 1m; 0 leaves it to the system (default:"
                    + " ${DEFAULT-VALUE}). No effect on udp, which does not connect.")
    Duration connectTimeout;

    @Option(
            names = {"-C", "--crlf"},
            description = "End lines with CR LF instead of LF; a datagram, which else has no line end, gets one.")
    boolean crlf;

    @Option(
            names = {"-x", "--hex"},
            description = "Print what comes as a hex dump.")
    boolean hex;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell on stderr what happens, as it happens.")
    boolean verbose;

    /** @throws CommandFailure if the JVM could not read it off the command line */
    byte[] message(Messages messages) {
        if (message.indexOf(UNREADABLE) >= 0) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.encoding"));
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return crlf ? new CrlfTranslator().translate(bytes) : bytes;
    }

    Narrator narrator(Messages messages, Output output) {
        return verbose ? Narrator.telling(messages, output::note) : Narrator.silent(messages);
    }
}
