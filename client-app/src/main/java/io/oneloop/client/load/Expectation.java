package io.oneloop.client.load;

import java.nio.ByteBuffer;

/**
 * What a reply should be.
 *
 * @param bytes its bytes, or null if only the length is known
 * @param length how many
 */
record Expectation(byte[] bytes, int length) {

    /** What oneloop's server answers by default. */
    static final Expectation ONELOOP = of(Escapes.bytes("hahahahah----ok---"));

    static Expectation of(byte[] bytes) {
        WrongValue.unless(bytes.length > 0, "wrong.emptyReply");
        return new Expectation(bytes, bytes.length);
    }

    static Expectation ofLength(int length) {
        WrongValue.unless(length > 0, "wrong.replyBytes", length);
        return new Expectation(null, length);
    }

    /** A buffer for the checkers of one loop. */
    ByteBuffer buffer() {
        return bytes == null
                ? null
                : ByteBuffer.allocateDirect(length).put(bytes).flip();
    }
}
