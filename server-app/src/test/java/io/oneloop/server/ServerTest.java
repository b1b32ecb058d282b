package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.Reply;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ServerTest {

    private static final String REPLY = "hahahahah----ok---";
    private static final Messages MESSAGES = Messages.in(Language.ZH);
    private static final Pattern PORTS =
            Pattern.compile("oneloop ready tcp=127\\.0\\.0\\.1:(\\d+) udp=127\\.0\\.0\\.1:(\\d+)");
    private static final InetAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0).getAddress();

    private final CapturedLog captured = new CapturedLog();
    private final LogQueue queue = new LogQueue(1000, count -> {});
    private Server server;
    private int tcpPort;
    private int udpPort;

    private void start(Mode mode, Per per, LogLevel log) throws WrongUse {
        InetSocketAddress free = new InetSocketAddress(LOOPBACK, 0);
        Limits limits = new Limits(TcpOptions.DEFAULT, UdpOptions.DEFAULT, false, 0);
        ServerSettings settings =
                new ServerSettings(free, free, mode, Reply.of(REPLY), per, 1024, log, Duration.ofSeconds(5), limits);
        ProblemLog problems = new ProblemLog(queue, captured.log, MESSAGES, System::nanoTime);
        // Of what it may tell, the errors: a busy machine makes callbacks slow.
        server = Server.start(settings, problems::onError, new RequestLog(queue, captured.log, MESSAGES), MESSAGES);
        Matcher ports = PORTS.matcher(server.readyLine());
        assertTrue(ports.matches(), server.readyLine());
        tcpPort = Integer.parseInt(ports.group(1));
        udpPort = Integer.parseInt(ports.group(2));
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop(MESSAGES);
        queue.close(Duration.ofSeconds(60));
    }

    @Test
    void repliesOncePerStartedChunkOfARead() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.OFF);

        assertEquals(REPLY, answer("x"));
        assertEquals(REPLY, answer("x".repeat(1024)));
        assertEquals(REPLY.repeat(2), answer("x".repeat(1025)));
        assertEquals(REPLY.repeat(3), answer("x".repeat(3000)));
    }

    @Test
    void doesNotSayThatItWaitsForClientsWhenItEnds() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.ALL);
        try (Socket client = new Socket(LOOPBACK, tcpPort)) {
            client.getOutputStream().write('x');
            assertEquals(REPLY.length(), client.getInputStream().readNBytes(REPLY.length()).length);
            Thread leaving = new Thread(() -> leaveAtEndOfStream(client));
            leaving.start();

            server.stop(MESSAGES);
            queue.close(Duration.ofSeconds(10));

            leaving.join();
            List<String> lines = captured.lines();
            assertTrue(lines.get(lines.size() - 1).endsWith("已经为这个客户端服务完毕（由我方关闭）"), lines.toString());
        }
    }

    private static void leaveAtEndOfStream(Socket client) {
        try {
            client.getInputStream().readAllBytes();
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void repliesOncePerLineHoweverLong() throws Exception {
        start(Mode.REPLY, Per.LINE, LogLevel.OFF);

        assertEquals("", answer("no newline"));
        assertEquals(REPLY, answer("one\nand a half"));
        assertEquals(REPLY.repeat(3), answer("\n\n\n"));
        assertEquals(REPLY, answer("x".repeat(300_000) + "\n"));
    }

    @Test
    void repliesToALineThatComesInTwoParts() throws Exception {
        start(Mode.REPLY, Per.LINE, LogLevel.OFF);
        try (Socket client = new Socket(LOOPBACK, tcpPort)) {
            client.getOutputStream().write("first\nsec".getBytes(UTF_8));
            assertEquals(REPLY, read(client, REPLY.length()));

            client.getOutputStream().write("ond\n".getBytes(UTF_8));

            assertEquals(REPLY, read(client, REPLY.length()));
        }
    }

    @Test
    void echoesMoreThanItHoldsForAPeerThatDoesNotReadYet() throws Exception {
        start(Mode.ECHO, Per.READ, LogLevel.OFF);
        byte[] sent = new byte[20_000_000];
        new Random(1).nextBytes(sent);
        try (Socket client = new Socket(LOOPBACK, tcpPort)) {
            Thread sender = new Thread(() -> send(client, sent));
            sender.start();

            byte[] received = client.getInputStream().readAllBytes();

            sender.join();
            assertArrayEquals(sent, received);
        }
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void discardsWithoutAReply() throws Exception {
        start(Mode.DISCARD, Per.READ, LogLevel.OFF);

        assertEquals("", answer("anything\n"));
        assertThrows(SocketTimeoutException.class, () -> answerToDatagram("anything".getBytes(UTF_8), 200));
    }

    @Test
    void repliesToEachDatagram() throws Exception {
        start(Mode.REPLY, Per.LINE, LogLevel.OFF);

        assertEquals(REPLY, new String(answerToDatagram("hello".getBytes(UTF_8), 60_000), UTF_8));
        assertEquals(REPLY, new String(answerToDatagram(new byte[0], 60_000), UTF_8));
        assertEquals(REPLY, new String(answerToDatagram(new byte[65_507], 60_000), UTF_8));
    }

    @Test
    void echoesDatagramsUpToTheLargest() throws Exception {
        start(Mode.ECHO, Per.READ, LogLevel.OFF);
        byte[] largest = new byte[65_507];
        new Random(1).nextBytes(largest);

        assertArrayEquals(largest, answerToDatagram(largest, 60_000));
        assertArrayEquals(new byte[0], answerToDatagram(new byte[0], 60_000));
    }

    @Test
    void tellsWhatComesInTheSentencesOfTheTutorial() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.ALL);
        int port;
        try (Socket client = new Socket(LOOPBACK, tcpPort)) {
            port = client.getLocalPort();
            client.getOutputStream().write("你".getBytes(UTF_8), 0, 2);
            read(client, REPLY.length());
            client.getOutputStream().write("你好\u001b[31m".getBytes(UTF_8), 2, 9);
            read(client, REPLY.length());
        }
        await().until(() -> captured.lines().contains("INFO 等待一个新的客户端的到来..."));
        answerToDatagram("hello".getBytes(UTF_8), 60_000);
        await().until(() -> captured.lines().size() == 6);

        String peer = "('127.0.0.1', " + port + ")";
        assertEquals(
                List.of(
                        "INFO 一个新的客户端" + peer + "已经到来",
                        "INFO " + peer + " 客户端送过来的请求是:",
                        "INFO " + peer + " 客户端送过来的请求是:你好\\x1b[31m",
                        "INFO " + peer + " 已经为这个客户端服务完毕",
                        "INFO 等待一个新的客户端的到来..."),
                captured.lines().subList(0, 5));
        assertTrue(
                captured.lines().get(5).matches("INFO \\('127\\.0\\.0\\.1', \\d+\\): hello"),
                captured.lines().get(5));
    }

    @Test
    void waitsForANewClientWhenTheLastHasGone() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.ALL);
        try (Socket stays = new Socket(LOOPBACK, tcpPort)) {
            stays.getOutputStream().write('x');
            read(stays, REPLY.length());
            answer("x");
            await().until(() -> linesWith("已经为这个客户端服务完毕") == 1);
            assertEquals(0, linesWith("等待"));
        }

        await().until(() -> linesWith("等待") == 1);
    }

    @Test
    void saysThatAClientWasReset() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.ALL);
        try (Socket client = new Socket(LOOPBACK, tcpPort)) {
            client.getOutputStream().write('x');
            read(client, REPLY.length());
            client.setSoLinger(true, 0);
        }

        await().until(() -> linesWith("连接被重置或中断") == 1);
    }

    @Test
    void saysNothingOfRequestsInASummary() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.SUMMARY);
        answer("x");
        answerToDatagram(new byte[1], 60_000);

        server.stop(MESSAGES);
        queue.close(Duration.ofSeconds(60));

        assertEquals(List.of(), captured.lines());
    }

    @Test
    void sumsUpWhatItServed() throws Exception {
        start(Mode.REPLY, Per.LINE, LogLevel.OFF);
        answer("one\ntwo\n");
        answer("x\n");
        answerToDatagram("hello".getBytes(UTF_8), 60_000);

        List<String> totals = server.stop(Messages.in(Language.EN));
        String summary = totals.get(0);

        assertTrue(
                summary.matches(
                        "oneloop summary: connections=2 requests=3 bytes_in=10 bytes_out=54"
                                + " datagrams_in=1 datagrams_out=1 datagram_bytes_in=5 datagram_bytes_out=18 uptime=\\d+\\.\\ds"),
                summary);
        LedgerLine ledger = LedgerLine.in(totals.get(1)).assertBalanced();
        assertEquals(2, ledger.get("closed.peer_finished"));
        assertEquals(3, ledger.get("requests"));
        assertEquals(1, ledger.get("udp.answered"));
    }

    @Test
    void accountsForDatagramsThatItDoesNotAnswer() throws Exception {
        start(Mode.REPLY, Per.READ, LogLevel.OFF);
        try (DatagramClient client = DatagramClient.of("127.0.0.1", "127.0.0.1", udpPort)) {
            client.send(REPLY);
            client.assertAnswered();
        }

        LedgerLine ledger = LedgerLine.in(server.stop(MESSAGES).get(1)).assertBalanced();

        assertEquals(1, ledger.get("udp.answered"));
        assertEquals(1, ledger.get("udp.refused.own_reply"));
    }

    @Test
    void accountsForWhatItDiscards() throws Exception {
        start(Mode.DISCARD, Per.READ, LogLevel.OFF);
        answer("hello");
        assertThrows(SocketTimeoutException.class, () -> answerToDatagram("hello".getBytes(UTF_8), 200));

        LedgerLine ledger = LedgerLine.in(server.stop(MESSAGES).get(1)).assertBalanced();

        assertEquals(0, ledger.get("bytes_sent"));
        assertEquals(1, ledger.get("udp.refused.discard"));
    }

    private long linesWith(String text) {
        return captured.lines().stream().filter(line -> line.contains(text)).count();
    }

    /** Sends, finishes, and reads to the end. */
    private String answer(String message) throws IOException {
        try (Socket client = new Socket(LOOPBACK, tcpPort)) {
            client.getOutputStream().write(message.getBytes(UTF_8));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String read(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), UTF_8);
    }

    private byte[] answerToDatagram(byte[] message, int timeoutMillis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            socket.setSoTimeout(timeoutMillis);
            socket.send(new DatagramPacket(message, message.length, LOOPBACK, udpPort));
            DatagramPacket reply = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(reply);
            return Arrays.copyOf(reply.getData(), reply.getLength());
        }
    }
}
