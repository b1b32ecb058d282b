package io.oneloop.client;

import java.nio.charset.StandardCharsets;

/** The questions of the tutorial's programs. */
final class Dialogue {

    /** What ends the UDP dialogue. */
    private static final String EXIT = "exit";

    private final Lines lines;
    private final Messages messages;
    private boolean exited;

    Dialogue(Lines lines, Messages messages) {
        this.lines = lines;
        this.messages = messages;
    }

    String askHost() {
        String host = ask("ask.host");
        if (host.isEmpty()) {
            // Before anything else is asked.
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.emptyHost"));
        }
        return host;
    }

    int askPort() {
        return Endpoint.parsePort(ask("ask.port"), messages);
    }

    private String ask(String question) {
        byte[] answer = lines.next(messages.get(question));
        if (answer == null) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.noAnswerGiven"));
        }
        return new String(answer, StandardCharsets.UTF_8).strip();
    }

    /** Asks for the one message of the TCP dialogue. */
    byte[] askMessage() {
        byte[] message = lines.next(messages.get("ask.tcpData"));
        return message == null ? new byte[0] : message;
    }

    /** Asks for one more line to send. {@return the line, or null at {@code exit} or the end of the input} */
    byte[] askLine() {
        byte[] line = lines.next(messages.get("ask.udpData"));
        String text = line == null ? "" : new String(line, StandardCharsets.UTF_8);
        // A file of another system's has a carriage return before each end of line.
        exited = text.equals(EXIT) || text.equals(EXIT + "\r");
        return exited ? null : line;
    }

    /** {@return whether {@code exit} ended it} */
    boolean exited() {
        return exited;
    }
}
