package io.oneloop.client.load;

import java.nio.ByteBuffer;

/**
 * Compares every byte of one connection's stream with the reply that is expected again and again, across reads. A reply
 * is counted by its length, so a wrong byte spoils its own reply and no other.
 */
final class ReplyChecker {

    /** What {@link #next} met. */
    enum Outcome {
        /** The stream goes on in the next read. */
        INCOMPLETE,
        /** A reply ended, and every byte of it was as expected. */
        RIGHT,
        /** A reply ended, and at least one byte of it was not. */
        WRONG
    }

    private final ByteBuffer expected;
    private final int length;
    private int offset;
    private boolean wrong;
    private long wrongBytes;
    private Sentence firstWrong;

    private ReplyChecker(ByteBuffer expected, int length) {
        this.expected = expected;
        this.length = length;
    }

    /** @param expected the reply from 0 to {@code length}; the checkers of one thread may share it */
    static ReplyChecker of(ByteBuffer expected, int length) {
        return new ReplyChecker(expected, length);
    }

    /** Takes any bytes, so many to a reply. */
    static ReplyChecker ofLength(int length) {
        return new ReplyChecker(null, length);
    }

    /** Consumes {@code data} up to the end of the present reply or of the data. */
    Outcome next(ByteBuffer data) {
        int n = Math.min(data.remaining(), length - offset);
        int end = data.limit();
        if (expected != null) {
            data.limit(data.position() + n);
            expected.limit(offset + n).position(offset);
            int mismatch = data.mismatch(expected);
            if (mismatch >= 0) {
                countWrong(data, mismatch, n);
            }
            data.limit(end);
        }
        data.position(data.position() + n);
        offset += n;
        if (offset < length) {
            return Outcome.INCOMPLETE;
        }
        Outcome outcome = wrong ? Outcome.WRONG : Outcome.RIGHT;
        offset = 0;
        wrong = false;
        return outcome;
    }

    private void countWrong(ByteBuffer data, int from, int n) {
        wrong = true;
        for (int i = from; i < n; i++) {
            byte got = data.get(data.position() + i);
            byte want = expected.get(offset + i);
            if (got != want) {
                wrongBytes++;
                if (firstWrong == null) {
                    firstWrong = Sentence.of(
                            "example.wrongByte", offset + i + 1, length, Escapes.hex(got), Escapes.hex(want));
                }
            }
        }
    }

    /** {@return how much of a reply that has begun is there; 0 between two} */
    int partialBytes() {
        return offset;
    }

    /** {@return the bytes that differed since the last call} */
    long takeWrongBytes() {
        long taken = wrongBytes;
        wrongBytes = 0;
        return taken;
    }

    /** A datagram, which is a whole reply, was so long. */
    void wrongLength(int bytes) {
        if (firstWrong == null) {
            firstWrong = Sentence.of("example.wrongLength", bytes, length);
        }
    }

    /** {@return the first difference in words, or null} */
    Sentence firstWrong() {
        return firstWrong;
    }

    /** A new connection begins with a new reply. */
    void reset() {
        offset = 0;
        wrong = false;
        wrongBytes = 0;
    }
}
