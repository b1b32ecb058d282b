package io.oneloop;

import static io.oneloop.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest server of the documentation, as it stands there, asked by the netcat that people have. */
class FourLineServerTest {

    private static final Path NETCAT = Path.of("/usr/bin/nc");
    private static final Reply REPLY = Reply.of("hahahahah----ok---");
    private static final int PROBE_MILLIS = 1_000;

    private final AtomicReference<EventLoop> started = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Thread server;
    private int tcpPort;
    private int udpPort;

    /** Takes a free port where the documentation names one, so that its lines can stay as they are. */
    private final class InetSocketAddress extends java.net.InetSocketAddress {
        private static final long serialVersionUID = 1L;

        InetSocketAddress(int documented) {
            super(documented == 7890 ? tcpPort : udpPort);
        }
    }

    private void serve() throws IOException, InterruptedException {
        EventLoop loop = EventLoop.start("echo");
        started.set(loop); // Not one of the four: the test has to end what it starts.
        loop.listenTcp(new InetSocketAddress(7890), (connection, data) -> connection.send(REPLY));
        loop.bindUdp(new InetSocketAddress(7788), (socket, from, data) -> socket.send(from, REPLY));
        loop.join();
    }

    @BeforeEach
    void start() throws IOException {
        assertTrue(Files.isExecutable(NETCAT), "this test needs /usr/bin/nc: apt-get install netcat-openbsd");
        int attempts = 0;
        do {
            failure.set(null);
            chooseFreePorts();
            server = new Thread(this::run);
            server.start();
            await().until(() -> failure.get() != null || isServing());
            // A port that was free may be somebody else's by now.
        } while (failure.get() instanceof IOException && ++attempts < 5);
        assertNull(failure.get());
    }

    private void chooseFreePorts() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0);
                DatagramSocket udp = new DatagramSocket(0)) {
            tcpPort = tcp.getLocalPort();
            udpPort = udp.getLocalPort();
        }
    }

    private void run() {
        try {
            serve();
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.get().close();
            failure.set(e);
        }
    }

    /** Its second line, and with it the first, has been carried out once a datagram is answered. */
    private boolean isServing() throws IOException {
        // From an address of its own, lest it be given the server's port and take its own datagram for the answer.
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
            probe.connect(InetAddress.getLoopbackAddress(), udpPort);
            probe.setSoTimeout(PROBE_MILLIS);
            probe.send(new DatagramPacket(new byte[1], 1));
            probe.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (PortUnreachableException | SocketTimeoutException notYet) {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        started.get().close();
        server.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void answersNetcatOverTcp(String host) throws Exception {
        assertEquals("hahahahah----ok---", netcat("-N", host, String.valueOf(tcpPort)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void answersNetcatOverUdp(String host) throws Exception {
        assertEquals("hahahahah----ok---", netcat("-u", "-W1", "-w30", host, String.valueOf(udpPort)));
    }

    @Test
    void servesOneClientAfterAnother() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals("hahahahah----ok---", netcat("-N", "127.0.0.1", String.valueOf(tcpPort)));
        }
    }

    private static String netcat(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(NETCAT.toString()));
        command.addAll(List.of(arguments));
        Process netcat = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            netcat.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            netcat.getOutputStream().close();
            assertTrue(netcat.waitFor(60, TimeUnit.SECONDS), "nc did not end");
            try (InputStream output = netcat.getInputStream()) {
                return new String(output.readAllBytes(), StandardCharsets.UTF_8);
            }
        } finally {
            netcat.destroyForcibly();
        }
    }
}
