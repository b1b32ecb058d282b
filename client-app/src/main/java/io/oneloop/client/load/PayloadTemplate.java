package io.oneloop.client.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a request is made of: bytes, in which each {@code {n}} stands for the request's number, repeated or cut to a size
 * that the number decides. A pure function of the number, and rendered without allocation.
 */
final class PayloadTemplate {

    /** The digits of {@link Long#MAX_VALUE}. */
    private static final int MAX_DIGITS = 19;

    private final byte[][] pieces;
    private final int minSize;
    private final int maxSize;
    private final boolean endsInNewline;
    private final byte[] digits = new byte[MAX_DIGITS];

    private PayloadTemplate(byte[][] pieces, int minSize, int maxSize, boolean endsInNewline) {
        this.pieces = pieces;
        this.minSize = minSize;
        this.maxSize = maxSize;
        this.endsInNewline = endsInNewline;
    }

    private static PayloadTemplate of(byte[][] pieces) {
        byte[] last = pieces[pieces.length - 1];
        WrongValue.unless(pieces.length > 1 || last.length > 0, "wrong.emptyRequest");
        return new PayloadTemplate(pieces, 0, 0, last.length > 0 && last[last.length - 1] == '\n');
    }

    /** The bytes as they are. */
    static PayloadTemplate fixed(byte[] bytes) {
        return of(new byte[][] {bytes});
    }

    /** The bytes with {@code {n}} in them counted. */
    static PayloadTemplate counted(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i + 3 <= bytes.length; i++) {
            if (bytes[i] == '{' && bytes[i + 1] == 'n' && bytes[i + 2] == '}') {
                pieces.add(Arrays.copyOfRange(bytes, from, i));
                from = i + 3;
            }
        }
        pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return of(pieces.toArray(new byte[0][]));
    }

    /** The same, repeated and cut to between {@code min} and {@code max} bytes; a newline at its end stays there. */
    PayloadTemplate sized(int min, int max) {
        requireSizes(min, max);
        byte[][] repeated = pieces.clone();
        byte[] last = pieces[pieces.length - 1];
        if (endsInNewline && (last.length > 1 || pieces.length > 1)) {
            // One request is one line: only the last repetition ends in the newline.
            repeated[pieces.length - 1] = Arrays.copyOf(last, last.length - 1);
        }
        return new PayloadTemplate(repeated, min, max, endsInNewline);
    }

    static void requireSizes(int min, int max) {
        WrongValue.unless(min >= 1 && max >= min, "wrong.sizes", min, max);
    }

    /** {@return whether every request is the same} */
    boolean isConstant() {
        return pieces.length == 1 && minSize == maxSize;
    }

    /** {@return the most bytes that a request may have} */
    int maxLength() {
        if (maxSize > 0) {
            return maxSize;
        }
        int length = (pieces.length - 1) * MAX_DIGITS;
        for (byte[] piece : pieces) {
            length += piece.length;
        }
        return length;
    }

    /** {@return the fewest bytes that a request may have} */
    int minLength() {
        return minSize > 0 ? minSize : maxLength() - (pieces.length - 1) * (MAX_DIGITS - 1);
    }

    boolean endsInNewline() {
        return endsInNewline;
    }

    /** Appends request {@code n} to {@code out}. Not safe for use by several threads: see {@link #copy()}. */
    void render(long n, ByteBuffer out) {
        if (maxSize == 0) {
            renderOnce(n, out, Integer.MAX_VALUE);
            return;
        }
        int end = out.position() + size(n);
        while (out.position() < end) {
            renderOnce(n, out, end);
        }
        if (endsInNewline) {
            out.put(end - 1, (byte) '\n');
        }
    }

    private int size(long n) {
        // SplitMix64's finalizer: sizes look random, and are the same in every run.
        long z = (n + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z ^= z >>> 27;
        return minSize + (int) Long.remainderUnsigned(z, maxSize - minSize + 1L);
    }

    private void renderOnce(long n, ByteBuffer out, int end) {
        for (int i = 0; i < pieces.length; i++) {
            if (i > 0) {
                putNumber(n, out, end);
            }
            out.put(pieces[i], 0, Math.min(pieces[i].length, end - out.position()));
        }
    }

    private void putNumber(long n, ByteBuffer out, int end) {
        int at = MAX_DIGITS;
        long rest = n;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.put(digits, at, Math.min(MAX_DIGITS - at, end - out.position()));
    }

    /** {@return the same template for another thread} */
    PayloadTemplate copy() {
        return new PayloadTemplate(pieces, minSize, maxSize, endsInNewline);
    }
}
