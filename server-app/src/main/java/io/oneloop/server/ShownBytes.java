package io.oneloop.server;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A copy of the beginning of a message, for the log.
 *
 * @param bytes what is shown, cut where a character ends
 * @param totalBytes the length of the whole message
 */
record ShownBytes(ByteBuffer bytes, int totalBytes) {

    /** The most bytes of one message that are shown. */
    static final int MAX_BYTES = 2048;

    /** Copies from the first {@code total} bytes of {@code before} and {@code data}, whose position is left as it was. */
    static ShownBytes copyOf(byte[] before, ByteBuffer data, int total) {
        byte[] copy = Arrays.copyOf(before, Math.min(total, MAX_BYTES));
        if (copy.length > before.length) {
            data.get(data.position(), copy, before.length, copy.length - before.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(copy);
        if (copy.length < total) {
            bytes.limit(copy.length - Utf8Text.unfinished(bytes));
        }
        return new ShownBytes(bytes, total);
    }

    /** {@return the text, followed by the length of the message if that is longer} */
    String text(Messages messages) {
        String text = Utf8Text.show(bytes, StandardStreams.charset());
        return bytes.limit() == totalBytes ? text : messages.get("log.cut", text, totalBytes);
    }
}
