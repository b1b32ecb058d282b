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
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an expected reply must have at least 1 byte");
        }
        return new Expectation(bytes, bytes.length);
    }

    static Expectation ofLength(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a reply must have at least 1 byte, not " + length);
        }
        return new Expectation(null, length);
    }

    /** A buffer for the checkers of one loop. */
    ByteBuffer buffer() {
        return bytes == null
                ? null
                : ByteBuffer.allocateDirect(length).put(bytes).flip();
    }
}
