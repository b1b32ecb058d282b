package io.oneloop.client;

import io.oneloop.Addresses;
import io.oneloop.DropReason;
import io.oneloop.EventLoop;
import io.oneloop.UdpHandler;
import io.oneloop.UdpOptions;
import io.oneloop.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Datagrams to one peer and back. It ends once the input has ended and as many datagrams came as went, or nothing came
 * for a while.
 */
final class UdpSession implements UdpHandler, Uplink {

    /** What IPv4 has room for: 65,535 bytes less the headers of IP and UDP. */
    static final int MAX_DATAGRAM_BYTES = 65_507;

    /**
     * How it behaves.
     *
     * @param interactive whether a person types
     * @param goesOn whether a failure is only told, and the input goes on
     * @param idle how long to wait for answers once the input has ended; zero for not at all
     * @param alwaysIdle whether that ends the session before the input has ended, too
     */
    record Rules(boolean interactive, boolean goesOn, Duration idle, boolean alwaysIdle) {}

    private final EventLoop loop;
    private final Output output;
    private final Messages messages;
    private final Narrator narrator;
    private final Rules rules;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Semaphore room = new Semaphore(1);
    private final RoundTrip roundTrip = new RoundTrip();
    private UdpSocket socket;
    private IdleTimer idleTimer;
    private long sent;
    private long received;
    private long refused;
    private long leftOut;
    private boolean inputEnded;
    private boolean left;
    private Outcome failure;

    UdpSession(EventLoop loop, Output output, Messages messages, Narrator narrator, Rules rules) {
        this.loop = loop;
        this.output = output;
        this.messages = messages;
        this.narrator = narrator;
        this.rules = rules;
    }

    // ---- from any thread -----------------------------------------------------------------------------------------

    /** @throws CommandFailure if there is no way to the peer */
    void open(InetSocketAddress remote) {
        try {
            UdpSocket opened = loop.connectUdp(remote, UdpOptions.DEFAULT, this);
            loop.execute(() -> opened(opened));
        } catch (IOException e) {
            throw new CommandFailure(NetworkFailure.explain(messages, operation(remote), e));
        }
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Ends the session, whatever it is doing. No effect when it has ended. */
    void finish(Outcome how) {
        outcome.complete(how);
        room.release();
    }

    @Override
    public boolean send(byte[] bytes) throws InterruptedException {
        return enter(() -> transmit(ByteBuffer.wrap(bytes)));
    }

    @Override
    public void end() throws InterruptedException {
        enter(this::inputEnded);
    }

    /** As {@link #end}, but by someone who is content with the answers there are. */
    void leave() throws InterruptedException {
        enter(() -> {
            left = true;
            inputEnded();
        });
    }

    private boolean enter(Runnable task) throws InterruptedException {
        room.acquire();
        if (outcome.isDone()) {
            room.release();
            return false;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException loopHasEnded) {
            return false;
        }
    }

    // ---- on the loop ---------------------------------------------------------------------------------------------

    private static String operation(InetSocketAddress remote) {
        return "udp " + Addresses.format(remote);
    }

    private void opened(UdpSocket opened) {
        socket = opened;
        narrator.udpOpened(socket.localAddress(), socket.remoteAddress());
        if (rules.alwaysIdle()) {
            startIdleTimer();
        }
    }

    private void startIdleTimer() {
        if (idleTimer == null) {
            idleTimer = new IdleTimer(loop, rules.idle(), () -> sent + received, this::idle);
            idleTimer.start();
        }
    }

    private void transmit(ByteBuffer datagram) {
        if (outcome.isDone()) {
            return;
        }
        long fullBefore = loop.stats().dropped(DropReason.SEND_BUFFER_FULL);
        if (socket.send(datagram)) {
            sent++;
            roundTrip.sent();
            narrator.sent(datagram.remaining());
            room.release();
        } else if (loop.stats().dropped(DropReason.SEND_BUFFER_FULL) > fullBefore) {
            // The input waits meanwhile: it has no room.
            loop.after(1, TimeUnit.MILLISECONDS, () -> transmit(datagram));
        } else {
            failed(Outcome.failure(messages.get("fail.sendRefused", operation(socket.remoteAddress()))));
            room.release();
        }
    }

    private void inputEnded() {
        inputEnded = true;
        boolean personLeaves = left && rules.interactive();
        if (nothingOwed() || personLeaves || rules.idle().isZero()) {
            finish(ended());
        } else {
            startIdleTimer();
        }
    }

    private boolean nothingOwed() {
        return received + refused >= sent;
    }

    @Override
    public void onDatagram(UdpSocket socket, InetSocketAddress from, ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        received++;
        narrator.received(bytes.length, roundTrip.received());
        if (output.hasRoom()) {
            output.data(bytes, true);
        } else {
            // UDP has no way to hold the peer back.
            leftOut++;
        }
        if (inputEnded && nothingOwed()) {
            finish(ended());
        }
    }

    @Override
    public void onError(UdpSocket socket, IOException error) {
        refused++;
        if (error instanceof PortUnreachableException) {
            narrator.unreachable();
        }
        failed(NetworkFailure.explain(messages, operation(socket.remoteAddress()), error));
    }

    private void failed(Outcome how) {
        failure = how;
        if (rules.goesOn() && !inputEnded) {
            output.note(how.sentence());
        } else {
            finish(how);
        }
    }

    private void idle() {
        narrator.idle(rules.idle());
        finish(ended());
    }

    private Outcome ended() {
        if (leftOut > 0) {
            output.note(messages.get("udp.leftOut", messages.count("count.datagram", leftOut, leftOut)));
        }
        if (received == 0 && failure != null) {
            // It has been told already where the input went on.
            return new Outcome(failure.exitCode(), rules.goesOn() ? null : failure.sentence());
        }
        if (received > 0 && received < sent && !rules.interactive()) {
            output.note(messages.get(
                    "udp.partlyAnswered",
                    messages.count("count.answer", received, received),
                    messages.count("count.datagram", sent, sent)));
        }
        if (received == 0 && sent > 0 && !left && !rules.idle().isZero()) {
            String idle = DurationConverter.format(rules.idle());
            return Outcome.failure(messages.get("fail.udpNoAnswer", operation(socket.remoteAddress()), idle));
        }
        return Outcome.ANSWERED;
    }
}
