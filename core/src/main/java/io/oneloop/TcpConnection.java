package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One TCP connection, accepted or connected. Every method belongs to the loop's thread unless it says otherwise.
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>What is sent goes out once, whole and in order, or the connection ends with a reason that says it did not.
 *   <li>A peer that does not read is not read from: above {@link TcpOptions#highWaterBytes()} pending, reading stops
 *       until all of it is written.
 *   <li>{@link TcpHandler#onClose} follows {@link TcpHandler#onOpen} exactly once, and never runs within another
 *       callback.
 * </ul>
 *
 * <h2>Not guaranteed</h2>
 *
 * That the peer's program saw what was written: the kernel took it, no more.
 */
public final class TcpConnection extends Source {

    private enum State {
        OPEN,
        /** Writes what is pending, takes no more. */
        CLOSING,
        /**
         * Has sent its FIN and discards what still comes, until the peer's FIN. A close(2) with unread bytes sends a
         * reset instead, which can destroy replies that the peer has not read yet (RFC 2525, section 2.17).
         */
        LINGERING,
        CLOSED
    }

    private final TcpContext context;
    private final SocketChannel channel;
    private final ByteChannel stream;
    private final InetSocketAddress remote;
    private final TcpWriter writer;
    private Object attachment;
    private Deadlines deadlines;

    private State state = State.OPEN;
    private CloseReason closeReason;
    private Throwable closeCause;

    private int interest = SelectionKey.OP_READ;
    private boolean peerFinished;
    private boolean readsPaused;

    /** @param key of {@code channel}, which is connected, non-blocking and registered for reading */
    TcpConnection(TcpContext context, SocketChannel channel, SelectionKey key, InetSocketAddress remote) {
        this.context = context;
        this.channel = channel;
        this.remote = remote;
        stream = context.reactor().platform().stream(channel);
        writer = new TcpWriter(this, channel, stream);
        moveTo(key);
        key.attach(this);
    }

    void opened() {
        context.opened(this);
    }

    /** After onOpen: what that takes is not the peer's silence. */
    void startIdleTimeout() {
        if (options().idleTimeoutMillis() > 0 && state == State.OPEN) {
            deadlines();
        }
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    @Override
    void ready(SelectionKey key) {
        // The selector's answer may be older than what another connection's handler did to this one in the same turn.
        if (state == State.CLOSED) {
            return;
        }
        boolean wasPaused = !isReading();
        if (key.isWritable() && writer.isBlocked()) {
            writer.flush();
        }
        // The write may have ended the connection: the error that a reset leaves is told once, to whoever asks first.
        // If it has ended a pause of reading, this read comes before onWritable, which may send so much that the next
        // pause begins: a peer would never be heard by a handler that always has more.
        if (state != State.CLOSED && isReading() && (key.isReadable() || wasPaused)) {
            read();
        }
    }

    private boolean isReading() {
        return (interest & SelectionKey.OP_READ) != 0;
    }

    /**
     * One read per readiness: what is left keeps the key ready, and the others get their turn first. A second one, most
     * often to find nothing, would be a third system call per request.
     */
    private void read() {
        ByteBuffer buffer = reactor().buffers().forReading();
        int n;
        try {
            n = stream.read(buffer);
        } catch (IOException e) {
            end(CloseReason.NETWORK_ERROR, e, 0);
            return;
        }
        if (n > 0) {
            reactor().stats().count(Counter.READS);
            reactor().stats().add(Counter.BYTES_READ, n);
            if (state == State.OPEN) {
                context.received(this, buffer.flip());
            }
            // After onData: what that takes is not the peer's silence.
            if (deadlines != null) {
                deadlines.active();
            }
        } else if (n < 0) {
            endOfStream();
        }
    }

    private void endOfStream() {
        peerFinished = true;
        if (state == State.LINGERING) {
            end(closeReason, null, 0);
            return;
        }
        context.peerFinished(this);
        updateInterest();
    }

    /** Stops reading until {@link #resumeReads()}. While stopped, the peer's end of stream goes unnoticed too. */
    public void pauseReads() {
        reactor().checkThread("pauseReads");
        readsPaused = true;
        updateInterest();
    }

    /** Reads again after {@link #pauseReads()}. */
    public void resumeReads() {
        reactor().checkThread("resumeReads");
        readsPaused = false;
        updateInterest();
    }

    // ---- writing -------------------------------------------------------------------------------------------------

    /**
     * Sends {@code data} from position to limit: now, and by copy what the kernel does not take. Position and limit are
     * left as they were, and the buffer is the caller's again. More than the kernel takes and
     * {@link TcpOptions#maxPendingBytes()} holds ends the connection ({@link CloseReason#WRITE_OVERFLOW}): send what is
     * large in parts, as {@link TcpHandler#onWritable} asks for them.
     *
     * @return whether to go on: false above the high-water mark, until {@link TcpHandler#onWritable}; and false, with
     *     nothing sent, once the connection is closing or its output was shut down
     */
    public boolean send(ByteBuffer data) {
        reactor().checkThread("send");
        return state == State.OPEN && writer.send(data);
    }

    /** Sends {@code reply} once; see {@link #send(Reply, int)}. */
    public boolean send(Reply reply) {
        return send(reply, 1);
    }

    /**
     * Sends {@code reply} so many times, at the end of this turn, or sooner when 64 connections wait to write: what has
     * come together by then goes out in one write. Takes no memory however far the peer falls behind, unless it comes
     * behind other bytes that the kernel has refused.
     *
     * @param times 0 or more
     * @return as {@link #send(ByteBuffer)}
     * @throws IllegalArgumentException if {@code times} is negative
     */
    public boolean send(Reply reply, int times) {
        reactor().checkThread("send");
        if (times < 0) {
            throw new IllegalArgumentException("times is " + times + ", but must be 0 or more");
        }
        return state == State.OPEN && writer.send(reply, times);
    }

    /** The kernel took some bytes. */
    void progress() {
        if (deadlines != null) {
            deadlines.progress();
        }
    }

    /** The kernel has begun to refuse bytes. */
    void stalled() {
        if (state != State.CLOSED) {
            deadlines().stalled();
        }
    }

    /** The kernel has taken all that it had refused. */
    void recovered() {
        if (state != State.CLOSED) {
            deadlines.drained();
        }
    }

    /** Nothing is pending, and the handler has no more to say about that. */
    void allWritten() {
        if (state == State.CLOSING) {
            finishClose();
        }
    }

    void becameWritable() {
        if (state == State.OPEN) {
            context.writable(this);
        }
    }

    /** {@return the bytes sent that the kernel has not taken yet} */
    public long pendingBytes() {
        reactor().checkThread("pendingBytes");
        return writer.pendingBytes();
    }

    /**
     * Ends our direction of the connection once what is pending is written (half-close, FIN); the peer may still send.
     * No effect when already closing.
     */
    public void shutdownOutput() {
        reactor().checkThread("shutdownOutput");
        if (state == State.OPEN) {
            writer.finish();
        }
    }

    /** Asks the selector for what the state, the pauses and the pending bytes call for. */
    void updateInterest() {
        if (state == State.CLOSED) {
            return;
        }
        boolean paused = readsPaused
                || writer.isBlocked() && writer.isFull() && !options().readWhenFull();
        boolean reading = !peerFinished && (state == State.LINGERING || state == State.OPEN && !paused);
        int wanted = (reading ? SelectionKey.OP_READ : 0) | (writer.isBlocked() ? SelectionKey.OP_WRITE : 0);
        if (wanted != interest) {
            if (writer.isFull() && (interest & ~wanted & SelectionKey.OP_READ) != 0) {
                reactor().stats().count(Counter.READ_PAUSES);
            }
            interest = wanted;
            key().interestOps(wanted);
        }
    }

    // ---- closing -------------------------------------------------------------------------------------------------

    /**
     * Closes the connection once what is pending is written and the peer has closed too. Waits no longer than
     * {@link TcpOptions#writeTimeoutMillis()} for the peer to take any of it, and then no longer than
     * {@link TcpOptions#closeTimeoutMillis()} for it to close. No effect when already closing.
     */
    public void close() {
        reactor().checkThread("close");
        close(peerFinished ? CloseReason.PEER_FINISHED : CloseReason.CLOSED);
    }

    void close(CloseReason reason) {
        if (state != State.OPEN) {
            return;
        }
        closeReason = reason;
        state = State.CLOSING;
        if (pendingBytes() == 0) {
            finishClose();
        }
        updateInterest();
    }

    /** Nothing is pending any more: say so with a FIN, and wait for the peer's if it has not come yet. */
    private void finishClose() {
        if (peerFinished) {
            end(closeReason, null, 0);
            return;
        }
        state = State.LINGERING;
        deadlines().lingering();
        writer.finish();
    }

    /** Closes the connection at once, with a reset: what is pending is lost. No effect when already closed. */
    public void abort() {
        reactor().checkThread("abort");
        abort(CloseReason.ABORTED);
    }

    void abort(CloseReason reason) {
        reset(reason, null, 0);
    }

    /** Ends the connection so that the peer cannot take what it has got for all there was. */
    void reset(CloseReason reason, Throwable cause, long lost) {
        if (state != State.CLOSED) {
            try {
                // It also frees at once what the kernel holds for a peer that does not read.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException alreadyReset) {
                // Then there is nothing to free.
            }
            end(reason, cause, lost);
        }
    }

    /** No reset: the kernel has everything, and goes on sending what a peer that reads slowly has not had yet. */
    void lingeredEnough() {
        end(closeReason, null, 0);
    }

    void handlerFailed(String callback, Throwable error) {
        reset(CloseReason.HANDLER_ERROR, error, 0);
        reactor().report(callback + " " + this, error);
    }

    /** From here on nothing happens on this connection but its release. @param lost bytes sent but not queued */
    void end(CloseReason reason, Throwable cause, long lost) {
        if (state == State.CLOSED) {
            return;
        }
        // First what may fail for want of memory, so that it is tried again; the cancel happens with the release at the
        // latest.
        reactor().releaseLater(this);
        state = State.CLOSED;
        closeReason = reason;
        closeCause = cause;
        reactor().stats().addDiscarded(reason, lost + writer.discard());
        if (deadlines != null) {
            deadlines.cancel();
        }
        key().cancel();
    }

    /**
     * The selector has let go of the channel, so close(2) is all it takes. A channel that is closed while registered
     * costs getsockopt(2) and shutdown(2) besides: two of 15 system calls per short connection.
     */
    @Override
    void release() {
        closeChannel(reactor(), channel);
        context.closed(this, closeReason);
    }

    @Override
    void retire() {
        close(CloseReason.CLOSED);
    }

    @Override
    void abandon() {
        if (state == State.LINGERING) {
            lingeredEnough();
        } else {
            abort(CloseReason.ABORTED);
        }
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    /** {@return whether nobody has closed the connection or begun to} Its output may have been shut down. */
    public boolean isOpen() {
        reactor().checkThread("isOpen");
        return state == State.OPEN;
    }

    /** {@return the exception that ended the connection, or null; for {@link TcpHandler#onClose}} */
    public Throwable closeCause() {
        reactor().checkThread("closeCause");
        return closeCause;
    }

    /** {@return the peer's address} Safe from any thread. */
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /** {@return our address, or null once the connection is closed} Safe from any thread. */
    public InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    /** {@return the loop that the connection belongs to} Safe from any thread. */
    public EventLoop loop() {
        return context.reactor().loop();
    }

    /** {@return what was attached, or null} */
    public Object attachment() {
        reactor().checkThread("attachment");
        return attachment;
    }

    /** Keeps {@code object} with the connection, in place of what was attached before. */
    public void attach(Object object) {
        reactor().checkThread("attach");
        attachment = object;
    }

    Reactor reactor() {
        return context.reactor();
    }

    TcpOptions options() {
        return context.options();
    }

    private Deadlines deadlines() {
        if (deadlines == null) {
            deadlines = new Deadlines(this);
        }
        return deadlines;
    }

    /** {@return {@code tcp 127.0.0.1:50000}, with the peer's address} */
    @Override
    public String toString() {
        return "tcp " + Addresses.format(remote);
    }
}
