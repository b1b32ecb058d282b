package io.oneloop.client;

import io.oneloop.Addresses;
import io.oneloop.CloseReason;
import io.oneloop.EventLoop;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import io.oneloop.TcpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * One connection from connect to its end. What is in flight is bounded both ways: the input waits while the peer does
 * not read, and the peer is not read while the output is behind.
 */
final class TcpSession implements TcpHandler, Uplink {

    /**
     * How it behaves.
     *
     * @param halfClose whether the end of the input is told to the peer, whose answer is then waited for; otherwise it
     *     ends the session
     * @param interactive whether a person types, who has nobody to type to once the peer has finished
     * @param idle ends the session after so long without a byte; zero for never
     */
    record Rules(boolean halfClose, boolean interactive, Duration idle) {}

    private final EventLoop loop;
    private final Output output;
    private final Messages messages;
    private final Narrator narrator;
    private final Rules rules;
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** One permit: the input may hand over the next piece. */
    private final Semaphore room = new Semaphore(1);

    private final RoundTrip roundTrip = new RoundTrip();
    private TcpConnection connection;
    private IdleTimer idleTimer;
    private long connectStartedAt;
    private long sentBytes;
    private long receivedBytes;
    private boolean roomOwed;
    private boolean inputEnded;
    private boolean peerFinished;

    TcpSession(EventLoop loop, Output output, Messages messages, Narrator narrator, Rules rules) {
        this.loop = loop;
        this.output = output;
        this.messages = messages;
        this.narrator = narrator;
        this.rules = rules;
        output.onRoom(() -> execute(this::outputHasRoom));
    }

    // ---- from any thread -----------------------------------------------------------------------------------------

    /** Tries the addresses one after another. */
    void connect(Iterable<InetSocketAddress> addresses, TcpOptions options) {
        connectNext(addresses.iterator(), options);
    }

    /** Waits until it is known. {@return whether the connection is there} */
    boolean awaitOpen() {
        return opened.join();
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Ends the session, whatever it is doing. No effect when it has ended. */
    void finish(Outcome how) {
        outcome.complete(how);
        opened.complete(false);
        room.release();
    }

    @Override
    public boolean send(byte[] bytes) throws InterruptedException {
        return enter(() -> transmit(bytes));
    }

    @Override
    public void end() throws InterruptedException {
        enter(this::inputEnded);
    }

    private boolean enter(Runnable task) throws InterruptedException {
        room.acquire();
        if (outcome.isDone()) {
            room.release();
            return false;
        }
        return execute(task);
    }

    private boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException loopHasEnded) {
            return false;
        }
    }

    // ---- on the loop ---------------------------------------------------------------------------------------------

    private void connectNext(Iterator<InetSocketAddress> addresses, TcpOptions options) {
        InetSocketAddress remote = addresses.next();
        connectStartedAt = System.nanoTime();
        narrator.connecting(remote);
        loop.connectTcp(remote, options, this, failure -> connectFailed(remote, failure, addresses, options));
    }

    private void connectFailed(
            InetSocketAddress remote, IOException failure, Iterator<InetSocketAddress> rest, TcpOptions options) {
        Outcome explained = NetworkFailure.explain(messages, operation(remote), failure);
        if (rest.hasNext()) {
            narrator.nextAddress(explained.sentence());
            connectNext(rest, options);
        } else {
            finish(explained);
        }
    }

    private static String operation(InetSocketAddress remote) {
        return "connect tcp " + Addresses.format(remote);
    }

    @Override
    public void onOpen(TcpConnection opening) {
        connection = opening;
        narrator.connected(connection.localAddress(), connection.remoteAddress(), System.nanoTime() - connectStartedAt);
        if (!rules.idle().isZero()) {
            idleTimer = new IdleTimer(loop, rules.idle(), connection::pendingBytes, this::idle);
            idleTimer.start();
        }
        opened.complete(true);
    }

    private void transmit(byte[] bytes) {
        touch();
        sentBytes += bytes.length;
        roundTrip.sent();
        narrator.sent(bytes.length);
        if (connection.send(ByteBuffer.wrap(bytes))) {
            room.release();
        } else {
            // Until onWritable; and if the connection has failed, onClose makes room.
            roomOwed = true;
        }
    }

    @Override
    public void onWritable(TcpConnection connection) {
        touch();
        if (roomOwed) {
            roomOwed = false;
            room.release();
        }
    }

    private void inputEnded() {
        inputEnded = true;
        if (peerFinished) {
            connection.close();
        } else if (rules.halfClose()) {
            narrator.ourFin();
            connection.shutdownOutput();
        } else {
            leave();
        }
        room.release();
    }

    private void leave() {
        boolean nothingPending = connection.pendingBytes() == 0;
        connection.close();
        if (nothingPending) {
            // The FIN is out. The process does not stay to see the peer's.
            narrator.ourFin();
            finish(ended());
        }
    }

    @Override
    public void onData(TcpConnection connection, ByteBuffer data) {
        touch();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        receivedBytes += bytes.length;
        narrator.received(bytes.length, roundTrip.received());
        if (!output.data(bytes, false)) {
            connection.pauseReads();
            // The output may have caught up between the two.
            outputHasRoom();
        }
    }

    private void outputHasRoom() {
        if (connection != null && output.hasRoom()) {
            connection.resumeReads();
        }
    }

    @Override
    public void onEof(TcpConnection connection) {
        peerFinished = true;
        narrator.peerFin();
        if (rules.interactive() && !inputEnded) {
            output.note(messages.get("tcp.peerClosed"));
        }
        if (inputEnded || rules.interactive()) {
            connection.close();
        }
    }

    @Override
    public void onClose(TcpConnection connection, CloseReason reason) {
        finish(
                switch (reason) {
                    case NETWORK_ERROR -> broken();
                    case HANDLER_ERROR -> Outcome.failure(messages.get("fail.internal", connection.closeCause()));
                    default -> ended();
                });
    }

    private Outcome broken() {
        if (!(connection.closeCause() instanceof IOException cause)) {
            return ended();
        }
        if (NetworkFailure.isReset(cause)) {
            narrator.peerReset();
        }
        return NetworkFailure.explainLoss(messages, connection.toString(), cause);
    }

    private Outcome ended() {
        if (sentBytes > 0 && receivedBytes == 0) {
            return Outcome.failure(messages.get(peerFinished ? "fail.noAnswer" : "fail.leftUnanswered", connection));
        }
        return Outcome.ANSWERED;
    }

    private void idle() {
        narrator.idle(rules.idle());
        boolean unanswered = sentBytes > 0 && receivedBytes == 0;
        String idle = DurationConverter.format(rules.idle());
        finish(unanswered ? Outcome.failure(messages.get("fail.idle", connection, idle)) : Outcome.ANSWERED);
    }

    private void touch() {
        if (idleTimer != null) {
            idleTimer.touch();
        }
    }
}
