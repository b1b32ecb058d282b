package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalIT {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_P = "\u0010";
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final EventLoop loop = EventLoop.start("server");
    private final CompletableFuture<TcpConnection> accepted = new CompletableFuture<>();

    @AfterEach
    void endServers() {
        loop.close();
    }

    private String echo() throws IOException {
        TcpHandler echo = new TcpHandler() {
            @Override
            public void onOpen(TcpConnection connection) {
                accepted.complete(connection);
            }

            @Override
            public void onData(TcpConnection connection, ByteBuffer data) {
                connection.send(StandardCharsets.UTF_8.encode("[" + StandardCharsets.UTF_8.decode(data)));
            }
        };
        return Integer.toString(loop.listenTcp(ANY, echo).localAddress().getPort());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void editsAndRecallsLinesAndLeavesAtTheEndOfInput() throws Exception {
        try (TerminalSession terminal = TerminalSession.open("tcp", "127.0.0.1", echo())) {
            int at = terminal.awaitText(0, "> ");
            terminal.type("hellp\bo\r");
            at = terminal.awaitText(at, "[hello");
            // Between two prompts the terminal is not the editor's.
            at = terminal.awaitText(at, "> ");
            terminal.type(CTRL_P + "\r");
            at = terminal.awaitText(at, "[hello");
            at = terminal.awaitText(at, "> ");
            terminal.type(CTRL_D);
            at = terminal.awaitText(at, "ended with 0");
            terminal.awaitText(at, "icanon");
            assertFalse(terminal.screen().contains("-icanon"), terminal.screen());
            assertFalse(terminal.screen().contains("WARN"), terminal.screen());
        }
    }

    @Test
    void sendsATabAsItIsTyped() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        TcpHandler listening = (connection, data) ->
                received.complete(StandardCharsets.UTF_8.decode(data).toString());
        String port =
                Integer.toString(loop.listenTcp(ANY, listening).localAddress().getPort());
        try (TerminalSession terminal = TerminalSession.open("tcp", "127.0.0.1", port)) {
            terminal.awaitText(0, "> ");
            terminal.type("col1\tcol2\r");
            assertEquals("col1\tcol2\n", received.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void showsWhatArrivesAboveTheLineBeingTyped() throws Exception {
        try (TerminalSession terminal = TerminalSession.open("tcp", "127.0.0.1", echo())) {
            int at = terminal.awaitText(0, "> ");
            terminal.type("half a li");
            at = terminal.awaitText(at, "half a li");
            TcpConnection connection = accepted.get(60, TimeUnit.SECONDS);
            loop.execute(() -> connection.send(bytes("news\u001b[2J\u00ff\n")));
            at = terminal.awaitText(at, "news\\x1b[2J\\xff");
            at = terminal.awaitText(at, "> half a li");
            terminal.type("ne\r");
            terminal.awaitText(at, "[half a line");
        }
    }

    @Test
    void endsWith130AtCtrlC() throws Exception {
        try (TerminalSession terminal = TerminalSession.open("tcp", "127.0.0.1", echo())) {
            int at = terminal.awaitText(0, "> ");
            terminal.type("half a line" + CTRL_C);
            at = terminal.awaitText(at, "ended with 130");
            terminal.awaitText(at, "icanon");
            assertFalse(terminal.screen().contains("-icanon"), terminal.screen());
        }
    }

    @Test
    void endsWhenThePeerDoesAndGivesTheTerminalBack() throws Exception {
        try (TerminalSession terminal = TerminalSession.open("--lang", "en", "tcp", "127.0.0.1", echo())) {
            int at = terminal.awaitText(0, "> ");
            TcpConnection connection = accepted.get(60, TimeUnit.SECONDS);
            loop.execute(connection::close);
            at = terminal.awaitText(at, "The server has ended the conversation.");
            at = terminal.awaitText(at, "ended with 0");
            terminal.awaitText(at, "icanon");
            assertFalse(terminal.screen().contains("-icanon"), terminal.screen());
        }
    }

    @Test
    void endsTheLineOfAnAnswerThatDoesNot() throws Exception {
        String port = echo();
        try (TerminalSession terminal = TerminalSession.open("tcp", "127.0.0.1", port, "-m", "hello")) {
            terminal.awaitText(0, "[hello\r\nended with 0");
        }
    }

    @Test
    void holdsTheUdpDialogue() throws Exception {
        int port = loop.bindUdp(ANY, (socket, from, data) -> socket.send(from, bytes("hahahahah----ok---")))
                .localAddress()
                .getPort();
        try (TerminalSession terminal =
                TerminalSession.open("udp", "127.0.0.1", Integer.toString(port), "--lang", "zh")) {
            int at = terminal.awaitText(0, "请输入要发送的数据:");
            terminal.type("你好\r");
            at = terminal.awaitText(at, "hahahahah----ok---");
            at = terminal.awaitText(at, "请输入要发送的数据:");
            terminal.type("exit\r");
            at = terminal.awaitText(at, "-----run-----");
            terminal.awaitText(at, "ended with 0");
            assertTrue(terminal.screen().contains("你好"), terminal.screen());
        }
    }

    @Test
    void worksAtATerminalOfUnknownTypeAndSize() throws Exception {
        try (TerminalSession terminal = TerminalSession.openUnknown("tcp", "127.0.0.1", echo())) {
            int at = terminal.awaitText(0, "> ");
            terminal.type("hello\r");
            at = terminal.awaitText(at, "[hello");
            at = terminal.awaitText(at, "> ");
            terminal.type(CTRL_D);
            terminal.awaitText(at, "ended with 0");
            assertFalse(terminal.screen().contains("WARN"), terminal.screen());
            assertFalse(terminal.screen().contains("Exception"), terminal.screen());
        }
    }

    /** Answers twice, so that every request has an error beside its answer. */
    private String[] loadWithErrors() throws IOException {
        int port = loop.listenTcp(ANY, (connection, data) -> connection.send(bytes("hahahahah----ok---!")))
                .localAddress()
                .getPort();
        return new String[] {"load", "127.0.0.1:" + port, "-R", "50", "-d", "2s", "--warmup", "0"};
    }

    @Test
    void showsALoadOnOneChangingLineWithErrorsInRed() throws Exception {
        try (TerminalSession terminal = TerminalSession.open(loadWithErrors())) {
            int at = terminal.awaitText(0, "\r\033[K\033[31m");
            at = terminal.awaitText(at, "errors");
            at = terminal.awaitText(at, "\033[0m");
            at = terminal.awaitText(at, "Run   2.");
            terminal.awaitText(at, "ended with");
        }
    }

    @Test
    void showsNoColourWhereTheEnvironmentForbidsIt() throws Exception {
        try (TerminalSession terminal = TerminalSession.openWithoutColour(loadWithErrors())) {
            int at = terminal.awaitText(0, "\r\033[K");
            at = terminal.awaitText(at, "errors");
            terminal.awaitText(at, "ended with");
            assertFalse(terminal.screen().contains("\033[31m"), terminal.screen());
        }
    }
}
