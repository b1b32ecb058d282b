package io.oneloop.server;

import java.nio.ByteBuffer;

/** What a connection sends, cut into messages that end where a character ends: a read may end in the middle of one. */
final class TextOfConnection {

    private static final byte[] NOTHING = {};
    private static final int LONGEST_UNFINISHED = 3;

    private byte[] heldBack = NOTHING;

    /** {@return what the read before held back, and {@code data} without the unfinished character at its end} */
    ShownBytes next(ByteBuffer data) {
        byte[] before = heldBack;
        skip(data);
        return ShownBytes.copyOf(before, data, before.length + data.remaining() - heldBack.length);
    }

    /** Takes {@code data} without showing it. */
    void skip(ByteBuffer data) {
        ByteBuffer end = heldBack.length == 0 ? data : endOf(heldBack, data);
        int unfinished = Utf8Text.unfinished(end);
        heldBack = unfinished == 0 ? NOTHING : new byte[unfinished];
        end.get(end.limit() - unfinished, heldBack);
    }

    /** The last bytes of both: a read may be shorter than the character that it continues. */
    private static ByteBuffer endOf(byte[] before, ByteBuffer data) {
        int fromData = Math.min(LONGEST_UNFINISHED, data.remaining());
        ByteBuffer end = ByteBuffer.allocate(before.length + fromData);
        return end.put(before)
                .put(data.slice(data.limit() - fromData, fromData))
                .flip();
    }

    /** {@return what is still held back at the end: it never became a character} */
    ShownBytes rest() {
        return ShownBytes.copyOf(heldBack, ByteBuffer.wrap(NOTHING), heldBack.length);
    }
}
