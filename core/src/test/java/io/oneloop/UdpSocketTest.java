package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpSocketTest {

    private static final Reply REPLY = Reply.of("hahahahah----ok---");
    private static final byte[] REPLY_BYTES = "hahahahah----ok---".getBytes(StandardCharsets.UTF_8);

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private DatagramSocket client;

    @BeforeEach
    void openClient() throws IOException {
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client.setSoTimeout(60_000);
        client.setReceiveBufferSize(1 << 20);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        driver.close();
    }

    private UdpSocket bind(UdpHandler handler) throws IOException {
        return bind(UdpOptions.DEFAULT, handler);
    }

    private UdpSocket bind(UdpOptions options, UdpHandler handler) throws IOException {
        return driver.loop.bindUdp(HandDrivenLoop.loopback(0), options, handler);
    }

    private void send(UdpSocket to, byte... data) throws IOException {
        client.send(new DatagramPacket(data, data.length, to.localAddress()));
    }

    private byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        client.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private long counted(Counter counter) {
        return driver.loop.stats().get(counter);
    }

    private InetSocketAddress clientAddress() {
        return (InetSocketAddress) client.getLocalSocketAddress();
    }

    @Test
    void givesDatagramAndItsSenderToTheHandler() throws IOException {
        List<InetSocketAddress> senders = new ArrayList<>();
        UdpSocket socket = bind((s, from, data) -> {
            senders.add(from);
            s.send(from, data);
        });
        send(socket, (byte) 1, (byte) 2);
        driver.turnUntil("datagram", () -> senders.size() == 1);
        assertEquals(clientAddress(), senders.get(0));
        assertArrayEquals(new byte[] {1, 2}, receive());
        assertEquals(1, counted(Counter.DATAGRAMS_RECEIVED));
        assertEquals(2, counted(Counter.DATAGRAM_BYTES_RECEIVED));
        assertEquals(1, counted(Counter.DATAGRAMS_SENT));
        assertEquals(2, counted(Counter.DATAGRAM_BYTES_SENT));
    }

    @Test
    void neverCountsMoreAnswersThanDatagrams() throws IOException {
        List<Long> unanswered = new ArrayList<>();
        UdpSocket socket = bind((s, from, data) -> {
            s.send(from, data);
            unanswered.add(counted(Counter.DATAGRAMS_RECEIVED) - counted(Counter.DATAGRAMS_SENT));
        });
        send(socket, (byte) 1);
        send(socket, (byte) 2);
        send(socket, (byte) 3);
        driver.turnUntil("datagrams", () -> unanswered.size() == 3);
        assertEquals(List.of(0L, 0L, 0L), unanswered);
    }

    @Test
    void restsInsteadOfSpinningWhileEveryReceiveFails() throws IOException {
        UdpSocket socket =
                bind(UdpOptions.builder().datagramsPerTurn(8).build(), (s, from, data) -> s.send(from, REPLY));
        driver.platform.receiveFailure = new IOException("Cannot allocate memory");
        send(socket, (byte) 1);
        driver.turnUntil("failures", () -> driver.platform.reads > 0);
        driver.turns(100);
        assertEquals(8, driver.platform.reads);
        assertEquals(8, driver.loop.stats().dropped(DropReason.RECEIVE_ERROR));
        driver.platform.receiveFailure = null;
        driver.pass(Source.REST_MILLIS);
        driver.turnUntil("answer", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertArrayEquals(REPLY_BYTES, receive());
    }

    @Test
    void countsByReasonWhatTheKernelDoesNotTakeAndAnswersTheNext() throws IOException {
        UdpSocket socket = bind((s, from, data) -> s.send(from, REPLY));
        driver.platform.sendFailure = new IOException("Operation not permitted");
        send(socket, (byte) 1);
        driver.turnUntil("refusal", () -> driver.loop.stats().dropped(DropReason.SEND_REFUSED) == 1);
        driver.platform.sendFailure = null;
        driver.platform.sendBufferFull = true;
        send(socket, (byte) 2);
        driver.turnUntil("full buffer", () -> driver.loop.stats().dropped(DropReason.SEND_BUFFER_FULL) == 1);
        driver.platform.sendBufferFull = false;
        send(socket, (byte) 3);
        driver.turnUntil("answer", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertArrayEquals(REPLY_BYTES, receive());
    }

    @Test
    void goesOnAnsweringAfterAReplyThatCouldNotBeSentForWantOfMemory() throws IOException {
        UdpSocket socket = bind((s, from, data) -> s.send(from, REPLY));
        driver.platform.sendError = new OutOfMemoryError("for the test");
        send(socket, (byte) 1);
        driver.turnUntil("error", () -> driver.errors.size() == 1);
        driver.platform.sendError = null;
        send(socket, (byte) 2);
        driver.turnUntil("answer", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertArrayEquals(REPLY_BYTES, receive());
        assertEquals(1, driver.loop.stats().dropped());
        assertEquals(List.of("send " + socket + ": java.lang.OutOfMemoryError: for the test"), driver.errors);
    }

    @Test
    void sendsTheRepliesThatWereOwedWhenReceivingFailsForWantOfMemory() throws IOException {
        UdpSocket socket = bind((s, from, data) -> {
            s.send(from, REPLY);
            driver.platform.receiveError = new OutOfMemoryError("for the test");
        });
        send(socket, (byte) 1);
        driver.turnUntil("error", () -> driver.errors.size() == 1);
        assertEquals(1, counted(Counter.DATAGRAMS_SENT));
        assertArrayEquals(REPLY_BYTES, receive());
    }

    @Test
    void takesTheLargestDatagramWhole() throws IOException {
        byte[] largest = new byte[65_507];
        new Random(1).nextBytes(largest);
        List<byte[]> received = new ArrayList<>();
        UdpSocket socket = bind((s, from, data) -> {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            received.add(copy);
        });
        send(socket, largest);
        driver.turnUntil("datagram", () -> received.size() == 1);
        assertArrayEquals(largest, received.get(0));
    }

    @Test
    void answersEachDatagramOfBatch() throws IOException {
        UdpSocket socket = bind((s, from, data) -> s.send(from, REPLY));
        for (int i = 0; i < 100; i++) {
            send(socket, (byte) i);
        }
        driver.turnUntil("datagrams", () -> counted(Counter.DATAGRAMS_SENT) == 100);
        for (int i = 0; i < 100; i++) {
            assertEquals("hahahahah----ok---", new String(receive(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void keepsTheOrderOfRepliesAndOtherDatagrams() throws IOException {
        Reply other = Reply.of("other");
        UdpSocket socket = bind((s, from, data) -> {
            s.send(from, REPLY);
            s.send(from, other);
            s.send(from, ByteBuffer.wrap(new byte[] {'x'}));
            s.send(from, REPLY);
        });
        send(socket, (byte) 0);
        driver.turnUntil("datagrams", () -> counted(Counter.DATAGRAMS_SENT) == 4);
        assertEquals(18, receive().length);
        assertEquals(5, receive().length);
        assertEquals(1, receive().length);
        assertEquals(18, receive().length);
    }

    @Test
    void receivesNoMoreThanItsShareOfTurn() throws IOException {
        UdpSocket socket = bind(UdpOptions.builder().datagramsPerTurn(2).build(), (s, from, data) -> {});
        for (int i = 0; i < 5; i++) {
            send(socket, (byte) i);
        }
        long most = driver.turnUntilCounted(Counter.DATAGRAMS_RECEIVED, 5);
        assertTrue(most <= 2, () -> most + " datagrams in one turn");
    }

    @Test
    void livesOnWhenTheHandlerThrows() throws IOException {
        UdpSocket socket = bind((s, from, data) -> {
            if (data.get() == 1) {
                throw new AssertionError("for the test");
            }
            s.send(from, REPLY);
        });
        send(socket, (byte) 1);
        send(socket, (byte) 2);
        driver.turnUntil("reply", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertEquals(1, driver.loop.stats().dropped(DropReason.HANDLER_ERROR));
        assertEquals(List.of("onDatagram " + socket + ": java.lang.AssertionError: for the test"), driver.errors);
    }

    @Test
    void countsWhatTheKernelRefusesAndLivesOn() throws IOException {
        UdpSocket socket = bind((s, from, data) -> s.send(from, REPLY));
        InetSocketAddress portZero = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertFalse(socket.send(portZero, ByteBuffer.wrap(new byte[1])));
        assertFalse(socket.send(clientAddress(), ByteBuffer.allocate(65_508)));
        assertEquals(2, driver.loop.stats().dropped(DropReason.SEND_REFUSED));
        send(socket, (byte) 1);
        driver.turnUntil("reply", () -> counted(Counter.DATAGRAMS_SENT) == 1);
    }

    @Test
    void mistakenReplyCostsItsHandlerAndNotTheSocket() throws IOException {
        UdpSocket socket = bind((s, from, data) -> s.send(data.get() == 1 ? null : from, REPLY));
        send(socket, (byte) 1);
        send(socket, (byte) 2);
        driver.turnUntil("reply", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertEquals(1, driver.loop.stats().dropped(DropReason.HANDLER_ERROR));
    }

    @Test
    void sendsWhatWasAnsweredBeforeItCloses() throws IOException {
        UdpSocket socket = bind((s, from, data) -> {
            s.send(from, REPLY);
            s.close();
        });
        send(socket, (byte) 1);
        driver.turnUntil("reply", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertEquals(18, receive().length);
    }

    @Test
    void neitherReceivesNorSendsOnceClosed() throws IOException {
        UdpSocket socket = bind((s, from, data) -> s.send(from, REPLY));
        socket.close();
        socket.close();
        assertFalse(socket.send(clientAddress(), ByteBuffer.wrap(new byte[1])));
        driver.turns(3);
        try (DatagramSocket again = new DatagramSocket(socket.localAddress())) {
            assertEquals(socket.localAddress(), again.getLocalSocketAddress());
        }
    }

    @Test
    void leavesPositionAndLimitOfWhatItSends() throws IOException {
        UdpSocket socket = bind((s, from, data) -> {});
        ByteBuffer data = ByteBuffer.wrap(new byte[10]).position(2).limit(5);
        assertTrue(socket.send(clientAddress(), data));
        assertEquals(2, data.position());
        assertEquals(5, data.limit());
        assertEquals(3, receive().length);
    }

    @Test
    void connectedSocketTalksToItsPeerAlone() throws IOException {
        List<InetSocketAddress> senders = new ArrayList<>();
        UdpSocket socket =
                driver.loop.connectUdp(clientAddress(), UdpOptions.DEFAULT, (s, from, data) -> senders.add(from));
        assertEquals(clientAddress(), socket.remoteAddress());
        assertTrue(socket.send(ByteBuffer.wrap(new byte[3])));
        assertEquals(3, receive().length);
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            stranger.send(new DatagramPacket(new byte[1], 1, socket.localAddress()));
            send(socket, (byte) 1);
            driver.turnUntil("datagram", () -> senders.size() == 1);
            driver.turns(3);
            assertEquals(List.of(clientAddress()), senders);
        }
    }

    @Test
    void connectedSocketThatAnswersAnotherAddressLivesOn() throws IOException {
        InetSocketAddress other = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        UdpSocket socket = driver.loop.connectUdp(clientAddress(), UdpOptions.DEFAULT, (s, from, data) -> {
            s.send(other, REPLY);
            s.send(from, REPLY);
        });
        send(socket, (byte) 1);
        driver.turnUntil("reply", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        assertEquals(1, driver.loop.stats().dropped(DropReason.SEND_REFUSED));
    }

    @Test
    void connectedSocketLearnsThatNobodyListens() throws IOException {
        List<IOException> errors = new ArrayList<>();
        UdpSocket socket = driver.loop.connectUdp(HandDrivenLoop.loopback(1), UdpOptions.DEFAULT, new UdpHandler() {
            @Override
            public void onDatagram(UdpSocket s, InetSocketAddress from, ByteBuffer data) {}

            @Override
            public void onError(UdpSocket s, IOException error) {
                errors.add(error);
            }
        });
        socket.send(ByteBuffer.wrap(new byte[1]));
        driver.turnUntil("error", () -> errors.size() == 1);
        assertEquals(PortUnreachableException.class, errors.get(0).getClass());
        assertEquals(1, driver.loop.stats().dropped(DropReason.RECEIVE_ERROR));
    }

    @Test
    void boundSocketHasToBeToldWhereToSend() throws IOException {
        UdpSocket socket = bind((s, from, data) -> {});
        assertNull(socket.remoteAddress());
        Exception error = assertThrows(IllegalStateException.class, () -> socket.send(ByteBuffer.wrap(new byte[1])));
        assertEquals(socket + " is not connected: say where to send to", error.getMessage());
    }

    @Test
    void countsWhatItDeniesAsReceived() throws IOException {
        UdpOptions nobody = UdpOptions.builder()
                .access(AccessList.of(List.of(), List.of("127.0.0.0/8", "::1")))
                .build();
        UdpSocket socket = bind(nobody, (s, from, data) -> fail("not permitted"));

        send(socket, (byte) 1, (byte) 2, (byte) 3);
        driver.turnUntilCounted(Counter.DATAGRAMS_RECEIVED, 1);

        assertEquals(3, counted(Counter.DATAGRAM_BYTES_RECEIVED));
        assertEquals(1, driver.loop.stats().dropped(DropReason.ACCESS_DENIED));
        assertEquals(1, driver.loop.stats().dropped());
    }

    @Test
    void namesTheAddressThatCannotBeBound() {
        Exception error =
                assertThrows(IOException.class, () -> driver.loop.bindUdp(clientAddress(), (s, from, data) -> {}));
        assertEquals("bind udp " + Addresses.format(clientAddress()) + ": Address already in use", error.getMessage());
        int port = client.getLocalPort();
        InetSocketAddress wildcard = new InetSocketAddress(port);
        error = assertThrows(IOException.class, () -> driver.loop.bindUdp(wildcard, (s, from, data) -> {}));
        assertEquals("bind udp [::]:" + port + ": Address already in use", error.getMessage());
    }

    @Test
    void saysHowMuchTheKernelBuffers() throws IOException {
        UdpSocket socket = bind(UdpOptions.builder().receiveBufferBytes(50_000).build(), (s, from, data) -> {});
        assertTrue(socket.receiveBufferBytes() >= 50_000);
        assertEquals("udp " + Addresses.format(socket.localAddress()), socket.toString());
    }

    @Test
    void restsOnlyAfterASecondFailureWhereOneFillsATurn() throws IOException {
        UdpSocket socket =
                bind(UdpOptions.builder().datagramsPerTurn(1).build(), (s, from, data) -> s.send(from, REPLY));
        driver.platform.receiveFailure = new IOException("No route to host");
        send(socket, (byte) 1);
        driver.turnUntil("failure", () -> driver.platform.reads == 1);
        driver.platform.receiveFailure = null;
        driver.turnUntil("answer", () -> counted(Counter.DATAGRAMS_SENT) == 1);
        driver.turns(2);
        driver.platform.reads = 0;
        driver.platform.receiveFailure = new IOException("Cannot allocate memory");
        send(socket, (byte) 2);
        driver.turnUntil("failures", () -> driver.platform.reads == 2);
        driver.turns(100);
        assertEquals(2, driver.platform.reads);
    }

    @Test
    void refusesToSendToHostThatIsNotResolved() throws IOException {
        UdpSocket socket = bind((s, from, data) -> {});
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("db.invalid", 1);
        assertThrows(IllegalArgumentException.class, () -> socket.send(unresolved, ByteBuffer.allocate(1)));
        assertThrows(IllegalArgumentException.class, () -> socket.send(unresolved, REPLY));
        assertThrows(
                IllegalArgumentException.class,
                () -> driver.loop.connectUdp(unresolved, clientAddress(), UdpOptions.DEFAULT, (s, from, data) -> {}));
        driver.turns(2);
        assertEquals(0, driver.loop.stats().dropped(DropReason.SEND_REFUSED));
    }

    @Test
    void hearsOfNoErrorOnceItIsClosed() throws IOException {
        List<IOException> errors = new ArrayList<>();
        UdpSocket socket = bind(new UdpHandler() {
            @Override
            public void onDatagram(UdpSocket s, InetSocketAddress from, ByteBuffer data) {}

            @Override
            public void onError(UdpSocket s, IOException error) {
                errors.add(error);
            }
        });
        driver.platform.sendFailure = new PortUnreachableException();
        assertFalse(socket.send(clientAddress(), ByteBuffer.allocate(1)));
        driver.turn();
        assertEquals(1, errors.size());
        assertFalse(socket.send(clientAddress(), ByteBuffer.allocate(1)));
        socket.close();
        driver.turns(3);
        assertEquals(1, errors.size());
    }
}
