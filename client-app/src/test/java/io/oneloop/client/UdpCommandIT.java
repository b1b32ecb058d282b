package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import io.oneloop.UdpHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpCommandIT {

    private final EventLoop loop = EventLoop.start("server");
    private final Queue<String> came = new ConcurrentLinkedQueue<>();

    @AfterEach
    void endServers() {
        loop.close();
    }

    private String serve(UdpHandler handler) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Integer.toString(loop.bindUdp(any, handler).localAddress().getPort());
    }

    private String serveAnswers() throws IOException {
        return serve((socket, from, data) -> {
            came.add(StandardCharsets.UTF_8.decode(data.duplicate()).toString());
            socket.send(from, ByteBuffer.wrap(("<" + data.remaining() + ">").getBytes(StandardCharsets.US_ASCII)));
        });
    }

    private static String nobody() throws IOException {
        try (DatagramSocket closed = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return Integer.toString(closed.getLocalPort());
        }
    }

    private static ClientJar.Result udp(String input, String port, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--lang", "en", "udp", "127.0.0.1", port));
        arguments.addAll(List.of(more));
        return ClientJar.run(input, arguments.toArray(new String[0]));
    }

    @Test
    void sendsTheMessageAndPrintsTheAnswer() throws Exception {
        ClientJar.Result result = udp("", serveAnswers(), "-m", "hello");
        assertEquals("<5>", result.text());
        assertEquals("", result.err());
        assertEquals(ExitCode.ANSWERED, result.exitCode());
        assertEquals(List.of("hello"), List.copyOf(came));
    }

    @Test
    void makesADatagramOfEachLineThatIsNotEmpty() throws Exception {
        ClientJar.Result result = udp("a\n\nexit\nlast", serveAnswers(), "-q");
        assertEquals("<1><4><4>", result.text());
        assertEquals("", result.err());
        assertEquals(List.of("a", "exit", "last"), List.copyOf(came));
    }

    @Test
    void endsAtExitAfterTheAnswersOwed() throws Exception {
        ClientJar.Result result = udp("a\nexit\nb\n", serveAnswers());
        assertEquals("<1>", result.text());
        assertEquals("Data to send:Data to send:-----run-----\n", result.err());
        assertEquals(List.of("a"), List.copyOf(came));
        assertEquals(ExitCode.ANSWERED, result.exitCode());
    }

    @Test
    void endsAtExitThoughNobodyListens() throws Exception {
        ClientJar.Result result = udp("a\nb\nexit\nc\n", nobody());
        assertTrue(result.err().contains("ICMP port unreachable"), result.err());
        assertTrue(result.err().contains("-----run-----\n"), result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void saysNothingOfTheKindWithoutExit() throws Exception {
        assertEquals("Data to send:Data to send:", udp("a\n", serveAnswers()).err());
    }

    @Test
    void endsDatagramsWithCrLfOnRequest() throws Exception {
        udp("a\nb\r\n\nc", serveAnswers(), "-C", "-q");
        assertEquals(List.of("a\r\n", "b\r\n", "c\r\n"), List.copyOf(came));
    }

    @Test
    void endsTheMessageWithCrLfOnRequest() throws Exception {
        udp("", serveAnswers(), "-C", "-m", "a");
        udp("", serveAnswers(), "-C", "-m", "b\nc\r\n");
        assertEquals(List.of("a\r\n", "b\r\nc\r\n"), List.copyOf(came));
    }

    @Test
    void explainsTheFirstSignThatNobodyListens() throws Exception {
        String port = nobody();
        ClientJar.Result result = udp("", port, "-m", "hello", "-v");
        assertTrue(
                result.err()
                        .contains("* ICMP port unreachable: nobody listens there; UDP has no handshake, so this is the"
                                + " first sign\n"),
                result.err());
        assertTrue(
                result.err()
                        .endsWith("udp 127.0.0.1:" + port + ": nobody listens there (ICMP port unreachable). Start the"
                                + " server, or check the port.\n"),
                result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void explainsWhatHappensInChinese() throws Exception {
        ClientJar.Result result =
                ClientJar.run("", "udp", "127.0.0.1", serveAnswers(), "-m", "hello", "-v", "--lang", "zh");
        assertTrue(result.err().contains("因为 UDP 没有握手\n* 发送了 5 字节\n* 收到 3 字节，发送之后 "), result.err());
    }

    @Test
    void tellsThatNoAnswerCameInTime() throws Exception {
        String port = serve((socket, from, data) -> {});
        ClientJar.Result result = udp("", port, "-m", "hello", "-i", "2s");
        assertTrue(result.err().contains(": no answer within 2s. UDP does not tell why"), result.err());
        assertEquals(ExitCode.NETWORK_FAILURE, result.exitCode());
    }

    @Test
    void doesNotWaitWhenToldNotTo() throws Exception {
        ClientJar.Result result = udp("", serve((socket, from, data) -> {}), "-m", "hello", "-i", "0");
        assertEquals("", result.err());
        assertEquals(ExitCode.ANSWERED, result.exitCode());
    }

    @Test
    void sendsTheLargestDatagramAndRefusesALargerOne() throws Exception {
        String port = serveAnswers();
        assertEquals("<65507>", udp("x".repeat(65_507), port, "-q").text());
        ClientJar.Result result = udp("x".repeat(65_508), port, "-q");
        assertEquals("A datagram holds at most 65507 bytes: send less at a time, or use tcp.\n", result.err());
        assertEquals(ExitCode.WRONG_USE, result.exitCode());
    }

    @Test
    void refusesAnEmptyMessage() throws Exception {
        ClientJar.Result result = udp("", serveAnswers(), "-m", "");
        assertEquals("There is nothing to send: give -m at least one character.\n", result.err());
        assertEquals(ExitCode.WRONG_USE, result.exitCode());
    }
}
