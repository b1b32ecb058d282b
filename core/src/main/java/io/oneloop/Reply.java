package io.oneloop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message that never changes. Because it is always the same, a peer that does not read is owed a number of bytes and
 * not a queue of copies, and many replies go out in one write. Immutable; safe to share between loops.
 *
 * <p>Takes 64 KiB outside the heap, or as much as the message if that is longer: make one once, not for each message.
 */
public final class Reply {

    /** As much as one write(2) moves into a default socket buffer without being cut short. */
    private static final int REPEATED_BYTES = 64 * 1024;

    /** Whole copies of the message one after another, so that any run of owed bytes is one slice of it. */
    private final ByteBuffer copies;

    private final int length;

    private Reply(byte[] message) {
        if (message.length == 0) {
            throw new IllegalArgumentException("a reply needs at least one byte");
        }
        length = message.length;
        int count = Math.max(1, REPEATED_BYTES / length);
        copies = ByteBuffer.allocateDirect(count * length);
        copies.put(message);
        // By doubling: 3,640 copies one at a time are 4 ms of a program's start, when nothing is compiled yet.
        while (copies.hasRemaining()) {
            ByteBuffer filled = copies.duplicate().flip();
            copies.put(filled.limit(Math.min(filled.limit(), copies.remaining())));
        }
        copies.flip();
    }

    /**
     * @return a reply with a copy of {@code message}
     * @throws IllegalArgumentException if it is empty
     */
    public static Reply of(byte[] message) {
        return new Reply(message);
    }

    /**
     * @return a reply with the UTF-8 bytes of {@code message}
     * @throws IllegalArgumentException if it is empty
     */
    public static Reply of(String message) {
        return new Reply(message.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the bytes of one message} */
    public int length() {
        return length;
    }

    /** {@return a read-only view of one message} */
    public ByteBuffer bytes() {
        return copies.duplicate().limit(length).asReadOnlyBuffer();
    }

    /** A view with a position of its own, for {@link #window}. */
    ByteBuffer view() {
        return copies.duplicate();
    }

    /** Sets {@code view} to the next bytes of a peer that is owed so many, of the first message perhaps only a part. */
    void window(ByteBuffer view, long owed) {
        int part = owed == length ? 0 : (int) (owed % length);
        int offset = part == 0 ? 0 : length - part;
        view.limit((int) Math.min(view.capacity(), offset + owed)).position(offset);
    }
}
