package io.oneloop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Bytes in order, first in, first out: a ring that grows as it must, up to a limit. */
final class ByteRing {

    private static final int FIRST_CAPACITY = 4096;

    private final int limit;
    private byte[] ring = new byte[0];
    private int head;
    private int size;

    /** @param limit the most bytes it holds, 1 to 2^30 */
    ByteRing(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    /**
     * Copies {@code data} from position to limit, and leaves both as they were.
     *
     * @return false, with nothing taken, if that would exceed the limit
     */
    boolean append(ByteBuffer data) {
        int length = data.remaining();
        if (length > limit - size) {
            return false;
        }
        reserve(size + length);
        int tail = (head + size) & (ring.length - 1);
        int first = Math.min(length, ring.length - tail);
        data.get(data.position(), ring, tail, first);
        data.get(data.position() + first, ring, 0, length - first);
        size += length;
        return true;
    }

    /**
     * Offers what is held to {@code channel}, once.
     *
     * @param scratch a direct buffer for the way: the kernel reads from no other, and the JDK's own stand-in would be
     *     as large as the largest ring
     * @return the bytes that the channel took
     */
    int drainTo(WritableByteChannel channel, ByteBuffer scratch) throws IOException {
        scratch.clear();
        int length = Math.min(size, scratch.capacity());
        int first = Math.min(length, ring.length - head);
        scratch.put(ring, head, first).put(ring, 0, length - first).flip();
        int written = channel.write(scratch);
        head = (head + written) & (ring.length - 1);
        size -= written;
        return written;
    }

    private void reserve(int needed) {
        if (needed <= ring.length) {
            return;
        }
        // A power of two, so that an index wraps by masking.
        int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(needed - 1) << 1);
        byte[] larger = Arrays.copyOfRange(ring, head, head + capacity);
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, 0, larger, first, size - first);
        ring = larger;
        head = 0;
    }
}
