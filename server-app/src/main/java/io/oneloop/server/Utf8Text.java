package io.oneloop.server;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Shows bytes of a peer as text. What is no printable character of well-formed UTF-8, or none of the log's encoding, is
 * shown as {@code \xhh} for each of its bytes, and a backslash as two, so that nothing a peer sends can pass for a line of
 * ours or steer a terminal (CWE-117, CWE-150), and what was sent can be told from what is shown.
 */
final class Utf8Text {

    private Utf8Text() {}

    /** @param log the encoding of what it is shown in, which would make a question mark of a character that it lacks */
    static String show(ByteBuffer bytes, Charset log) {
        CharsetEncoder encoder = log.equals(StandardCharsets.UTF_8) ? null : log.newEncoder();
        ByteBuffer in = bytes.duplicate();
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        StringBuilder text = new StringBuilder(in.remaining());
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            appendPrintable(text, out.flip(), encoder);
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                appendEscaped(text, in.get());
            }
            out.clear();
            decoder.reset();
        }
    }

    private static void appendPrintable(StringBuilder text, CharSequence decoded, CharsetEncoder encoder) {
        decoded.codePoints().forEach(codePoint -> {
            if (codePoint == '\\') {
                text.append("\\\\");
                return;
            }
            String character = Character.toString(codePoint);
            if (isPrintable(codePoint) && (encoder == null || encoder.canEncode(character))) {
                text.append(character);
            } else {
                for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
                    appendEscaped(text, b);
                }
            }
        });
    }

    private static void appendEscaped(StringBuilder text, byte b) {
        text.append("\\x").append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }

    /** Format characters are invisible, and some of them reverse the text around them. */
    private static boolean isPrintable(int codePoint) {
        if (isInvisible(codePoint)) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * The letters and marks of Unicode that are shown as nothing (Default_Ignorable_Code_Point): fillers of Hangul, vowels
     * of Khmer, what joins or varies the character before.
     */
    private static boolean isInvisible(int codePoint) {
        return codePoint == 0x034f
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x17b4
                || codePoint == 0x17b5
                || codePoint >= 0x180b && codePoint <= 0x180f
                || codePoint == 0x3164
                || codePoint >= 0xfe00 && codePoint <= 0xfe0f
                || codePoint == 0xffa0
                || codePoint >= 0xe0100 && codePoint <= 0xe01ef;
    }

    /**
     * {@return how many bytes at the end of {@code bytes} begin a character that is not complete: 0 to 3}
     *
     * <p>Well-formedness is not looked at; {@link #show} does that when the rest is there.
     */
    static int unfinished(ByteBuffer bytes) {
        int longest = Math.min(3, bytes.remaining());
        for (int back = 1; back <= longest; back++) {
            int b = bytes.get(bytes.limit() - back) & 0xff;
            boolean continuation = b >= 0x80 && b < 0xc0;
            if (!continuation) {
                return back < lengthOf(b) ? back : 0;
            }
        }
        return 0;
    }

    private static int lengthOf(int firstByte) {
        if (firstByte < 0xc2 || firstByte > 0xf4) {
            return 1;
        }
        return firstByte < 0xe0 ? 2 : firstByte < 0xf0 ? 3 : 4;
    }
}
