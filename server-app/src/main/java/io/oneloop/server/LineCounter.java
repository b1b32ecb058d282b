package io.oneloop.server;

import java.nio.ByteBuffer;

/** Counts lines without keeping them, so a line may be of any length and split anywhere. */
final class LineCounter {

    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long NEWLINES = ONES * '\n';

    private LineCounter() {}

    /** {@return the newlines in {@code data} from position to limit, both of which are left as they were} */
    static int count(ByteBuffer data) {
        int count = 0;
        int i = data.position();
        int end = data.limit();
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            count += Long.bitCount(zeroBytes(data.getLong(i) ^ NEWLINES));
        }
        for (; i < end; i++) {
            if (data.get(i) == '\n') {
                count++;
            }
        }
        return count;
    }

    /**
     * {@return the top bit of each byte of {@code word} that is zero}
     *
     * <p>A byte's low seven bits plus 0x7f carry into its top bit unless they are all zero, and never beyond it; so,
     * unlike the shorter form that subtracts, this one is right for every byte and not only for the first.
     */
    private static long zeroBytes(long word) {
        return ~((word & LOW_SEVEN_BITS) + LOW_SEVEN_BITS | word | LOW_SEVEN_BITS);
    }
}
