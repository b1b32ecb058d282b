package io.oneloop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A machine in the test's hand: its clock, how much a channel moves per call, and what fails. Never waits. */
final class TestPlatform implements Platform {

    final ManualClock clock;
    final List<ChunkedChannel> streams = new ArrayList<>();

    int readChunk = Integer.MAX_VALUE;
    int writeChunk = Integer.MAX_VALUE;
    int emptyReads;
    IOException readFailure;
    IOException writeFailure;
    int writesBeforeFailure;
    Error writeError;
    /** Thrown where a connection is about to be made of a channel. */
    Error streamError;
    /** Thrown once, by the reading of the clock that comes after so many others. */
    Error clockError;

    int readingsBeforeClockError;
    /** Every descriptor is taken but that of the last spare, once it is closed. */
    boolean descriptorsOut;
    /** Descriptors are out once so many connections more have been accepted. */
    int acceptsLeft = Integer.MAX_VALUE;

    IOException acceptFailure;
    IOException selectFailure;
    IOException receiveFailure;
    Error receiveError;
    IOException sendFailure;
    Error sendError;
    boolean sendBufferFull;

    private SocketChannel spare;

    int reads;
    int writes;
    /** Those of {@link #writes} for which the JDK makes a direct buffer of its own. */
    int heapWrites;

    /** What the loop would have waited for in its last select: -1 without a limit. */
    long lastTimeoutMillis;

    TestPlatform(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        if (clockError != null && readingsBeforeClockError-- == 0) {
            Error error = clockError;
            clockError = null;
            readingsBeforeClockError = 0;
            throw error;
        }
        return clock.nanoTime();
    }

    @Override
    public int select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        lastTimeoutMillis = timeoutMillis;
        if (selectFailure != null) {
            IOException failure = selectFailure;
            selectFailure = null;
            throw failure;
        }
        return selector.selectNow(action);
    }

    @Override
    public SocketChannel accept(ServerSocketChannel listener) throws IOException {
        if (acceptFailure != null) {
            throw acceptFailure;
        }
        checkDescriptor();
        SocketChannel accepted = listener.accept();
        descriptorsOut |= accepted != null && --acceptsLeft == 0;
        return accepted;
    }

    @Override
    public SocketChannel openSpare() throws IOException {
        checkDescriptor();
        spare = Platform.super.openSpare();
        return spare;
    }

    /** As the kernel does, before it looks at anything else. */
    private void checkDescriptor() throws IOException {
        if (descriptorsOut && spare.isOpen()) {
            throw new IOException("Too many open files");
        }
    }

    @Override
    public SocketAddress receive(DatagramChannel channel, ByteBuffer target) throws IOException {
        reads++;
        if (receiveFailure != null) {
            throw receiveFailure;
        }
        if (receiveError != null) {
            throw receiveError;
        }
        return channel.receive(target);
    }

    @Override
    public int send(DatagramChannel channel, ByteBuffer data, SocketAddress to) throws IOException {
        if (sendFailure != null) {
            throw sendFailure;
        }
        if (sendError != null) {
            throw sendError;
        }
        return sendBufferFull ? 0 : channel.send(data, to);
    }

    @Override
    public ByteChannel stream(SocketChannel channel) {
        if (streamError != null) {
            throw streamError;
        }
        ChunkedChannel stream = new ChunkedChannel(channel, this);
        streams.add(stream);
        return stream;
    }
}
