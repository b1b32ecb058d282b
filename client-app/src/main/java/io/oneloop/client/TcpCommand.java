package io.oneloop.client;

import io.oneloop.EventLoop;
import io.oneloop.TcpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tcp}: connects, sends the input, prints the answer. */
@Command(
        name = "tcp",
        sortOptions = false,
        description = {
            "Connect to a TCP server, send it the input, print what it answers.",
            "Without HOST, ask for the address, the port and one message. At a terminal, lines can be edited and"
                    + " recalled. Otherwise bytes go through unchanged both ways."
        },
        footer = {
            "Exit status: 0 answered, or nothing was sent; 1 network failure or no answer; 2 wrong use;"
                    + " 130 interrupted."
        })
final class TcpCommand implements Callable<Integer> {

    private static final int STANDARD_PORT = 7890;

    /** Typed on one line. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** How long what was typed last may take to go out. */
    private static final long CLOSE_TIMEOUT_MILLIS = 30_000;

    private static final String PROMPT = "> ";

    @ParentCommand
    private ClientMain client;

    @Mixin
    private Endpoint endpoint;

    @Mixin
    private SharedOptions shared;

    @Option(
            names = {"-i", "--idle-timeout"},
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DurationConverter.class,
            description = "End when nothing was sent or received for so long: 500ms, 5s; 0 is never (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration idleTimeout;

    @Option(
            names = {"-N", "--half-close"},
            description =
                    "At the end of the input, send FIN and wait for the rest of the answer; always so when stdin is"
                            + " not a terminal. Otherwise the end of the input ends the session.")
    private boolean halfClose;

    @Override
    public Integer call() throws Exception {
        StandardStreams streams = client.streams();
        Messages messages = client.messages();
        boolean asking = endpoint.host == null;
        boolean readsInput = asking || shared.message == null;
        try (Console console = Console.open(streams, messages, readsInput, asking, shared.hex)) {
            Narrator narrator = shared.narrator(messages, console.output());
            Dialogue dialogue = asking ? new Dialogue(console.lines(MAX_MESSAGE_BYTES), messages) : null;
            List<InetSocketAddress> addresses = addresses(dialogue, messages, narrator);
            boolean typing = !asking && readsInput && streams.inIsTerminal();
            // Never closed: that would reset a connection which the end of the process closes in order.
            EventLoop loop = EventLoop.start("client");
            TcpSession.Rules rules = new TcpSession.Rules(halfClose || !typing, typing, idleTimeout);
            TcpSession session = new TcpSession(loop, console.output(), messages, narrator, rules);
            session.connect(addresses, options());
            if (session.awaitOpen()) {
                console.feed(session::finish, () -> feed(console, streams, dialogue, session));
            }
            return client.report(console.await(session.outcome()));
        }
    }

    private List<InetSocketAddress> addresses(Dialogue dialogue, Messages messages, Narrator narrator) {
        boolean ask = endpoint.host == null;
        String host = ask ? dialogue.askHost() : endpoint.host;
        int port = ask ? dialogue.askPort() : endpoint.port(STANDARD_PORT, messages);
        return new HostResolver(messages, narrator).resolve(host, port, endpoint.family());
    }

    private TcpOptions options() {
        return TcpOptions.builder()
                .connectTimeoutMillis(shared.connectTimeout.toMillis())
                // We may be streaming to an echo: it stops reading until we read.
                .readWhenFull(true)
                // Nobody but the user knows how slow the peer may be.
                .writeTimeoutMillis(0)
                .closeTimeoutMillis(CLOSE_TIMEOUT_MILLIS)
                .build();
    }

    private void feed(Console console, StandardStreams streams, Dialogue dialogue, TcpSession session)
            throws IOException, InterruptedException {
        if (shared.message != null) {
            sendOnce(shared.message(client.messages()), session);
        } else if (dialogue != null) {
            sendOnce(dialogue.askMessage(), session);
        } else if (console.editor() != null) {
            sendLines(console.editor(), session);
        } else {
            StreamInput.pump(streams.in(), shared.crlf, session);
        }
    }

    private static void sendOnce(byte[] message, TcpSession session) throws InterruptedException {
        if (message.length == 0 || session.send(message)) {
            session.end();
        }
    }

    private void sendLines(Lines lines, TcpSession session) throws InterruptedException {
        byte[] end = (shared.crlf ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] line;
        while ((line = lines.next(PROMPT)) != null) {
            byte[] ended = Arrays.copyOf(line, line.length + end.length);
            System.arraycopy(end, 0, ended, line.length, end.length);
            if (!session.send(ended)) {
                return;
            }
        }
        session.end();
    }
}
