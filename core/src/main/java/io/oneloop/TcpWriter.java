package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * The sending half of a connection: writes now, queues what the kernel refuses, goes on when it takes more, and ends with
 * a FIN. (To wait for OP_WRITE before each write would cost 16 % more CPU per request.) Its connection hears when the
 * kernel begins to refuse and when it has taken all of it, when nothing is pending any more, and when writing failed.
 */
final class TcpWriter {

    /**
     * Up to so many pending bytes, a reply behind another one is copied: that costs less than a write(2). Beyond, the other
     * one is written first, and this one takes no memory.
     */
    private static final int COPIED_BYTES = 4096;

    private final TcpConnection connection;
    private final Reactor reactor;
    private final SocketChannel channel;
    private final ByteChannel stream;
    private final WriteQueue queue;

    /** The kernel refused bytes; OP_WRITE will tell when it takes more. Else what is pending is listed. */
    private boolean blocked;

    /** The handler was told to stop sending, and has not been told to go on. With nothing pending any more, listed. */
    private boolean awaitsDrain;

    /** In the flush list: there is something to write, or to tell, at the end of the turn. */
    private boolean listed;

    /** Nothing more is taken. A FIN follows what is pending. */
    private boolean finishing;

    private boolean wroteBefore;
    private boolean delaySettled;

    TcpWriter(TcpConnection connection, SocketChannel channel, ByteChannel stream) {
        this.connection = connection;
        reactor = connection.reactor();
        this.channel = channel;
        this.stream = stream;
        queue = new WriteQueue(connection.options());
        delaySettled = !connection.options().noDelay();
    }

    /** @return whether the handler should go on sending */
    boolean send(ByteBuffer data) {
        if (finishing || !queue.isEmpty() && !blocked && !flushEarly()) {
            return false;
        }
        int position = data.position();
        reactor.stats().add(Counter.BYTES_SENT, data.remaining());
        try {
            if (queue.isEmpty() && data.hasRemaining()) {
                prepare();
                write(data);
            }
            if (data.hasRemaining() && !queue.add(data)) {
                connection.reset(CloseReason.WRITE_OVERFLOW, null, data.remaining());
            }
        } catch (IOException e) {
            connection.end(CloseReason.NETWORK_ERROR, e, data.remaining());
        } catch (OutOfMemoryError e) {
            connection.reset(CloseReason.WRITE_OVERFLOW, e, data.remaining());
        } finally {
            data.position(position);
        }
        settle();
        return connection.isOpen() && !queue.isFull();
    }

    /**
     * Offers the kernel {@code data}, and moves its position as far as it took it. What is on the heap goes through the
     * loop's own buffer: the JDK's stand-in is as large as the largest that was ever written, and kept for good.
     */
    private void write(ByteBuffer data) throws IOException {
        if (data.isDirect()) {
            wrote(stream.write(data));
            return;
        }
        ByteBuffer piece = reactor.buffers().scratch();
        do {
            int length = Math.min(data.remaining(), piece.capacity());
            piece.clear().put(0, data, data.position(), length).limit(length);
            int written = stream.write(piece);
            data.position(data.position() + written);
            wrote(written);
        } while (data.hasRemaining() && !piece.hasRemaining());
    }

    /** @return whether the handler should go on sending */
    boolean send(Reply reply, int times) {
        if (finishing) {
            return false;
        }
        long before = queue.pendingBytes();
        long bytes = (long) times * reply.length();
        if (!blocked && queue.mustCopy(reply) && before + bytes > COPIED_BYTES) {
            if (!flushEarly()) {
                return false;
            }
            before = queue.pendingBytes();
        }
        boolean added = queue.add(reply, times);
        reactor.stats().add(Counter.BYTES_SENT, bytes);
        if (!added) {
            connection.reset(CloseReason.WRITE_OVERFLOW, null, bytes - (queue.pendingBytes() - before));
            return false;
        }
        if (blocked) {
            // Nothing is written now, so nothing else would notice that this has filled the queue.
            connection.updateInterest();
        } else if (!queue.isEmpty()) {
            flushLater();
        }
        awaitsDrain |= queue.isFull();
        return connection.isOpen() && !queue.isFull();
    }

    /** Takes no more, and sends a FIN when nothing is pending. */
    void finish() {
        finishing = true;
        if (queue.isEmpty()) {
            sendFin();
        }
    }

    private void sendFin() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            connection.end(CloseReason.NETWORK_ERROR, e, 0);
        }
    }

    /** @return whether the connection has survived it */
    private boolean flushEarly() {
        flush();
        return connection.isOpen();
    }

    private void flushLater() {
        if (!listed) {
            listed = true;
            reactor.flushList().add(this);
        }
    }

    /**
     * Writes what is pending. Tells no handler, since one may be running.
     *
     * @return whether the handler is to be told at the end of the turn; else this is out of the list
     */
    boolean writeListed() {
        try {
            writePending();
        } catch (Throwable e) {
            failed(e);
        }
        listed = awaitsDrain && queue.isEmpty();
        return listed;
    }

    /** The end of the turn, and no handler running: write what is pending, tell the handler what has been written. */
    void flushListed() {
        try {
            writePending();
            listed = false;
            if (awaitsDrain && queue.isEmpty()) {
                awaitsDrain = false;
                connection.becameWritable();
                // What it has sent is the next turn's. If nothing, a close may have waited for it to have its say.
                if (queue.isEmpty()) {
                    settle();
                }
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void writePending() {
        if (!queue.isEmpty() && !blocked) {
            flush();
        }
    }

    /** Nobody else's turn, or reply, ends with this connection. */
    private void failed(Throwable error) {
        try {
            connection.abandon();
            reactor.report("write " + connection, error);
        } catch (Throwable again) {
            // Memory is out for this, too. Whoever throws here takes the others' replies along.
        }
    }

    /** Offers the kernel what is pending, once. */
    void flush() {
        try {
            prepare();
            wrote(queue.drainTo(stream, reactor.buffers()));
        } catch (IOException e) {
            connection.end(CloseReason.NETWORK_ERROR, e, 0);
        }
        settle();
    }

    /** Nagle's algorithm never delays a first write, so a connection with one reply is spared a setsockopt(2). */
    private void prepare() throws IOException {
        if (wroteBefore && !delaySettled) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            delaySettled = true;
        }
        wroteBefore = true;
    }

    private void wrote(int bytes) {
        if (bytes > 0) {
            reactor.stats().count(Counter.WRITES);
            reactor.stats().add(Counter.BYTES_WRITTEN, bytes);
            connection.progress();
        }
    }

    /** Makes everything follow from what is pending. */
    private void settle() {
        boolean wasBlocked = blocked;
        blocked = !queue.isEmpty();
        awaitsDrain |= queue.isFull();
        if (blocked && !wasBlocked) {
            connection.stalled();
        } else if (wasBlocked && !blocked) {
            connection.recovered();
        }
        if (!blocked && awaitsDrain) {
            // Not from here: the handler may be in the middle of the send that brought us here.
            flushLater();
        } else if (!blocked) {
            // Not behind a reset, which has discarded what was pending: the peer would take it for the end.
            if (finishing && connection.isOpen()) {
                sendFin();
            }
            connection.allWritten();
        }
        connection.updateInterest();
    }

    boolean isBlocked() {
        return blocked;
    }

    boolean isFull() {
        return queue.isFull();
    }

    long pendingBytes() {
        return queue.pendingBytes();
    }

    /** Forgets what is pending. {@return how many bytes that was} */
    long discard() {
        long pending = queue.pendingBytes();
        queue.clear();
        awaitsDrain = false;
        return pending;
    }
}
