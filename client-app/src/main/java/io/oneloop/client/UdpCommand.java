package io.oneloop.client;

import io.oneloop.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code udp}: sends each line as a datagram, prints the datagrams that come back. */
@Command(
        name = "udp",
        sortOptions = false,
        description = {
            "Send each line of the input as one datagram, print the datagrams that come back.",
            "Asks for each line until 'exit'; without HOST, for the address and the port first. Questions go to stderr"
                    + " when stdout is not a terminal. An empty line sends nothing; the most is 65507 bytes."
        },
        footer = {
            "Exit status: 0 answered, nothing was sent, or ended by 'exit'; 1 network failure or no answer;"
                    + " 2 wrong use; 130 interrupted."
        })
final class UdpCommand implements Callable<Integer> {

    private static final int STANDARD_PORT = 7788;

    private static final Duration STANDARD_IDLE = Duration.ofSeconds(2);

    @ParentCommand
    private ClientMain client;

    @Mixin
    private Endpoint endpoint;

    @Mixin
    private SharedOptions shared;

    @Option(
            names = {"-i", "--idle-timeout"},
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "End when nothing was sent or received for so long: 500ms, 5s; 0 ends with the input and waits"
                            + " for no answer (default: 2s, and only once the input has ended).")
    private Duration idleTimeout;

    @Option(
            names = {"-N", "--half-close"},
            description = "No effect: UDP has no connection to close. Taken so that tcp and udp can be exchanged.")
    private boolean halfClose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Ask nothing: every line is a datagram, 'exit' too.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        StandardStreams streams = client.streams();
        Messages messages = client.messages();
        boolean asking = endpoint.host == null;
        boolean readsInput = asking || shared.message == null;
        try (Console console = Console.open(streams, messages, readsInput, asking, shared.hex)) {
            Narrator narrator = shared.narrator(messages, console.output());
            Lines lines = readsInput ? console.lines(UdpSession.MAX_DATAGRAM_BYTES) : null;
            Dialogue dialogue = new Dialogue(lines, messages);
            InetSocketAddress remote = remote(asking, dialogue, messages, narrator);
            boolean typing = shared.message == null && streams.inIsTerminal();
            EventLoop loop = EventLoop.start("client");
            UdpSession session = new UdpSession(loop, console.output(), messages, narrator, rules(typing));
            session.open(remote);
            console.feed(session::finish, () -> feed(lines, dialogue, session));
            Outcome outcome = console.await(session.outcome());
            if (dialogue.exited()) {
                console.say(messages.get("udp.run"));
            }
            return client.report(outcome);
        }
    }

    private InetSocketAddress remote(boolean ask, Dialogue dialogue, Messages messages, Narrator narrator) {
        String host = ask ? dialogue.askHost() : endpoint.host;
        int port = ask ? dialogue.askPort() : endpoint.port(STANDARD_PORT, messages);
        // The first: UDP has no handshake that would tell which of them works.
        return new HostResolver(messages, narrator)
                .resolve(host, port, endpoint.family())
                .get(0);
    }

    private UdpSession.Rules rules(boolean typing) {
        boolean given = idleTimeout != null;
        // The tutorial's dialogue ends at 'exit', whatever became of the datagrams.
        boolean dialogue = shared.message == null && !quiet;
        return new UdpSession.Rules(
                typing, typing || dialogue, given ? idleTimeout : STANDARD_IDLE, given && !idleTimeout.isZero());
    }

    private void feed(Lines lines, Dialogue dialogue, UdpSession session) throws InterruptedException {
        if (shared.message != null) {
            byte[] message = shared.message(client.messages());
            if (message.length == 0) {
                throw new CommandFailure(ExitCode.WRONG_USE, client.messages().get("use.emptyDatagram"));
            }
            if (session.send(datagram(message))) {
                session.end();
            }
            return;
        }
        byte[] line;
        while ((line = quiet ? lines.next("") : dialogue.askLine()) != null) {
            if (line.length > 0 && !session.send(datagram(line))) {
                return;
            }
        }
        if (dialogue.exited()) {
            session.leave();
        } else {
            session.end();
        }
    }

    private byte[] datagram(byte[] text) {
        byte[] datagram = shared.crlf ? withCrlf(text) : text;
        if (datagram.length > UdpSession.MAX_DATAGRAM_BYTES) {
            throw new CommandFailure(
                    ExitCode.WRONG_USE, client.messages().get("use.datagramTooLong", UdpSession.MAX_DATAGRAM_BYTES));
        }
        return datagram;
    }

    /** A text that comes from a file of Windows has its CR already. */
    private static byte[] withCrlf(byte[] text) {
        boolean ended = text[text.length - 1] == '\n';
        byte[] line = Arrays.copyOf(text, ended ? text.length : text.length + 1);
        line[line.length - 1] = '\n';
        return new CrlfTranslator().translate(line);
    }
}
