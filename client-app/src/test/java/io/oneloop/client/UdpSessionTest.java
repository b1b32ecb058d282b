package io.oneloop.client;

import static io.oneloop.client.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import io.oneloop.UdpSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpSessionTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** Long enough for an answer, whoever else has the processor. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final UdpSession.Rules TYPING = new UdpSession.Rules(true, true, SOON, false);
    private static final UdpSession.Rules PIPED = new UdpSession.Rules(false, false, SOON, false);

    private final EventLoop loop = EventLoop.start("loop");
    private final Messages messages = Messages.in(Language.EN);
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Output output = new Output(new RawScreen(told, new PrintStream(told, true, StandardCharsets.UTF_8)));

    @AfterEach
    void endLoop() {
        loop.close();
    }

    private UdpSession session(UdpSession.Rules rules, InetSocketAddress remote) {
        UdpSession session = new UdpSession(loop, output, messages, Narrator.silent(messages), rules);
        session.open(remote);
        return session;
    }

    private InetSocketAddress answering(int everySo) throws IOException {
        int[] count = new int[1];
        return loop.bindUdp(ANY, (socket, from, data) -> {
                    if (count[0]++ % everySo == 0) {
                        socket.send(from, ByteBuffer.wrap(new byte[] {'!'}));
                    }
                })
                .localAddress();
    }

    private static Outcome outcome(UdpSession session) throws Exception {
        return session.outcome().get(60, TimeUnit.SECONDS);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void endsOnceAllIsAnswered() throws Exception {
        UdpSession session = session(new UdpSession.Rules(false, false, Duration.ofHours(1), false), answering(1));
        session.send(new byte[] {'a'});
        session.send(new byte[] {'b'});
        session.end();
        assertEquals(Outcome.ANSWERED, outcome(session));
        output.close();
        assertEquals("!!", told());
    }

    @Test
    void tellsHowManyWereAnswered() throws Exception {
        UdpSession session = session(PIPED, answering(2));
        for (int i = 0; i < 4; i++) {
            session.send(new byte[] {'a'});
        }
        session.end();
        assertEquals(Outcome.ANSWERED, outcome(session));
        output.close();
        assertTrue(told().contains("2 answers to 4 datagrams; "), told());
    }

    @Test
    void letsAPersonGoOnAfterAnUnreachablePort() throws Exception {
        InetSocketAddress address;
        try (DatagramSocket closed = new DatagramSocket(ANY)) {
            address = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        UdpSession session = session(TYPING, address);
        session.send(new byte[] {'a'});
        await().until(() -> told().contains("ICMP port unreachable"));
        loop.bindUdp(address, (socket, from, data) -> socket.send(from, data));
        session.send(new byte[] {'b'});
        await().until(() -> told().endsWith("b"));
        session.leave();
        assertEquals(Outcome.ANSWERED, outcome(session));
    }

    @Test
    void failsForAPersonWhoNeverReachedAnyone() throws Exception {
        InetSocketAddress address;
        try (DatagramSocket closed = new DatagramSocket(ANY)) {
            address = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        UdpSession session = session(TYPING, address);
        session.send(new byte[] {'a'});
        await().until(() -> told().contains("ICMP port unreachable"));
        session.leave();
        assertEquals(new Outcome(ExitCode.NETWORK_FAILURE, null), outcome(session));
    }

    @Test
    void waitsForTheAnswersOwedWhenAPersonEndsTheInput() throws Exception {
        CompletableFuture<InetSocketAddress> asked = new CompletableFuture<>();
        UdpSocket server = loop.bindUdp(ANY, (socket, from, data) -> asked.complete(from));
        UdpSession session =
                session(new UdpSession.Rules(true, true, Duration.ofHours(1), false), server.localAddress());
        session.send(new byte[] {'a'});
        session.end();
        InetSocketAddress client = asked.get(60, TimeUnit.SECONDS);
        loop.execute(() -> server.send(client, ByteBuffer.wrap(new byte[] {'!'})));
        assertEquals(Outcome.ANSWERED, outcome(session));
        output.close();
        assertEquals("!", told());
    }

    @Test
    void doesNotKeepAPersonWhoLeaves() throws Exception {
        InetSocketAddress mute = loop.bindUdp(ANY, (socket, from, data) -> {}).localAddress();
        UdpSession session = session(new UdpSession.Rules(true, true, Duration.ofHours(1), false), mute);
        session.send(new byte[] {'a'});
        session.leave();
        assertEquals(Outcome.ANSWERED, outcome(session));
    }

    @Test
    void owesNothingToADatagramThatWasRefused() throws Exception {
        InetSocketAddress address;
        try (DatagramSocket closed = new DatagramSocket(ANY)) {
            address = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        UdpSession session = session(new UdpSession.Rules(false, true, Duration.ofHours(1), false), address);
        session.send(new byte[] {'a'});
        await().until(() -> told().contains("ICMP port unreachable"));
        session.end();
        assertEquals(new Outcome(ExitCode.NETWORK_FAILURE, null), outcome(session));
    }

    @Test
    void forgivesSilenceToWhoLeaves() throws Exception {
        UdpSession session =
                session(PIPED, loop.bindUdp(ANY, (socket, from, data) -> {}).localAddress());
        session.send(new byte[] {'a'});
        session.leave();
        assertEquals(Outcome.ANSWERED, outcome(session));
    }
}
