package io.oneloop.server;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes that somebody might send to break a log, a terminal or a decoder: the same ones for the same seed. */
final class HostileBytes {

    /** The most bytes of one input. */
    static final int LONGEST = 48;

    private static final byte[][] PIECES = {
        bytes("\r\n2030-01-01T00:00:00.000Z ERROR forged"),
        bytes("\u001b[2J\u001b]0;title\u0007"),
        bytes("\u0000\b\t\u007f\u0085\u009b31m"),
        bytes("\u202ereversed\u2066\u200b\ufeff\u2028\u2029"),
        bytes("请输入要发送的数据"),
        bytes("\ud83d\ude00\\x1b\\"),
        {(byte) 0xc0, (byte) 0x8a},
        {(byte) 0xe0, (byte) 0x80, (byte) 0x8d},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xed, (byte) 0xb0, (byte) 0x80},
        {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        {(byte) 0xf0, (byte) 0x9f, (byte) 0x98},
        {(byte) 0xff, (byte) 0xfe, (byte) 0x80}
    };

    private final Random random;

    HostileBytes(long seed) {
        random = new Random(seed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return 1 to {@link #LONGEST} bytes: noise, or a hostile piece cut anywhere in the midst of noise} */
    byte[] next() {
        byte[] input = new byte[1 + random.nextInt(LONGEST)];
        random.nextBytes(input);
        if (random.nextBoolean()) {
            byte[] piece = PIECES[random.nextInt(PIECES.length)];
            int at = random.nextInt(input.length);
            System.arraycopy(piece, 0, input, at, Math.min(piece.length, input.length - at));
        }
        return input;
    }

    /** {@return the first character of {@code text} that could break or steer what shows it, or -1} */
    static int firstUnprintable(String text) {
        return text.codePoints()
                .filter(codePoint -> switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                })
                .findFirst()
                .orElse(-1);
    }
}
