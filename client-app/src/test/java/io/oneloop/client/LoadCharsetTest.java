package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import io.oneloop.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People read in the charset of their terminal, programs in UTF-8. In UTF-16 even ASCII is other bytes. */
class LoadCharsetTest {

    private static final Charset TERMINAL = StandardCharsets.UTF_16BE;
    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    private static byte[] load(String format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StandardStreams streams = new StandardStreams(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(new ByteArrayOutputStream(), true, TERMINAL),
                false,
                false,
                TERMINAL);
        try (EventLoop loop = EventLoop.start("server", (context, error) -> {})) {
            int port = loop.listenTcp(
                            new InetSocketAddress("127.0.0.1", 0), (connection, data) -> connection.send(REPLY))
                    .localAddress()
                    .getPort();
            int exitCode = ClientMain.commandLine(streams, Language.EN)
                    .execute("load", "127.0.0.1:" + port, "-n", "10", "-q", "-o", format);
            assertEquals(ExitCode.ANSWERED, exitCode);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"json, {", "ndjson, '{\"type\":\"interval\"'", "csv, 'start_us,'"})
    void whatProgramsReadIsUtf8(String format, String beginning) throws Exception {
        String text = new String(load(format), StandardCharsets.UTF_8);
        assertTrue(text.startsWith(beginning), text);
    }

    @Test
    void whatPeopleReadIsTheTerminals() throws Exception {
        String text = new String(load("text"), TERMINAL);
        assertTrue(text.startsWith("Run   "), text);
    }
}
