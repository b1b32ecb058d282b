package io.oneloop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * What a peer is to get and the kernel has not taken, in order: so many bytes of a {@link Reply}, then copies. The reply
 * costs a count, however far the peer falls behind; the copies are bounded, and given up when the peer has caught up.
 */
final class WriteQueue {

    private final TcpOptions options;
    private Reply reply;
    private long owed;
    private ByteRing copies;
    private boolean full;

    WriteQueue(TcpOptions options) {
        this.options = options;
    }

    long pendingBytes() {
        return owed + (copies == null ? 0 : copies.size());
    }

    boolean isEmpty() {
        return owed == 0 && copies == null;
    }

    /** Whether the high-water mark has been passed since the queue was last empty. */
    boolean isFull() {
        return full;
    }

    /** Whether {@code next} has to be copied, since it comes behind copies or behind another reply. */
    boolean mustCopy(Reply next) {
        return copies != null || owed > 0 && reply != next;
    }

    /**
     * Adds {@code next} so many times.
     *
     * @return false if copying it would exceed the maximum; part of it may have been added
     */
    boolean add(Reply next, int times) {
        if (!mustCopy(next)) {
            reply = next;
            owed = Math.addExact(owed, (long) times * next.length());
            full |= owed > options.highWaterBytes();
            return true;
        }
        ByteBuffer copy = next.view().limit(next.length());
        for (int i = 0; i < times; i++) {
            if (!add(copy)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds a copy of {@code data}, whose position and limit stay as they are.
     *
     * @return false, with nothing added, if that would exceed the maximum
     */
    boolean add(ByteBuffer data) {
        if (copies == null) {
            copies = new ByteRing(options.maxPendingBytes());
        }
        if (!copies.append(data)) {
            return false;
        }
        full |= pendingBytes() > options.highWaterBytes();
        return true;
    }

    /**
     * Offers to {@code channel} what is owed, and then the copies, each once.
     *
     * @param buffers the loop's
     * @return the bytes that the channel took
     * @throws IOException if the channel took nothing; a failure after it took some comes with the next call
     */
    int drainTo(WritableByteChannel channel, LoopBuffers buffers) throws IOException {
        int written = 0;
        if (owed > 0) {
            ByteBuffer window = buffers.viewOf(reply);
            reply.window(window, owed);
            written = channel.write(window);
            owed -= written;
        }
        if (owed == 0) {
            // A connection that owes nothing holds no buffer, and a reply is one.
            reply = null;
            if (copies != null) {
                written += drainCopies(channel, buffers, written > 0);
            }
        }
        full &= !isEmpty();
        return written;
    }

    private int drainCopies(WritableByteChannel channel, LoopBuffers buffers, boolean keepFailure) throws IOException {
        int written = 0;
        try {
            written = copies.drainTo(channel, buffers.scratch());
        } catch (IOException e) {
            if (!keepFailure) {
                throw e;
            }
            // Else what the channel has taken would be counted nowhere; it fails again when it is offered more.
        }
        if (copies.size() == 0) {
            copies = null;
        }
        return written;
    }

    void clear() {
        owed = 0;
        reply = null;
        copies = null;
        full = false;
    }
}
