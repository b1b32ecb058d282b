package io.oneloop.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Makes text that a terminal can be shown of bytes that a peer sent: UTF-8, decoded across reads; malformed bytes and
 * whatever would steer the terminal or reorder its line become {@code \xhh}. A line may end in CR LF.
 */
public final class TerminalText {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final StringBuilder text = new StringBuilder();
    private byte[] incomplete = new byte[0];
    private boolean afterCarriageReturn;

    /** {@return {@code text} as part of one line: line ends and tabs become {@code \xhh} as well} */
    public static String line(String text) {
        TerminalText line = new TerminalText();
        text.codePoints().forEach(line::showOrEscape);
        return line.take();
    }

    /** {@return the text of what is complete; the start of a character waits for its rest} */
    String append(byte[] bytes) {
        ByteBuffer in = ByteBuffer.allocate(incomplete.length + bytes.length);
        in.put(incomplete).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CoderResult result = decoder.reset().decode(in, out, false);
        while (result.isMalformed()) {
            show(out.flip());
            for (int i = 0; i < result.length(); i++) {
                escape(in.get());
            }
            result = decoder.reset().decode(in, out.clear(), false);
        }
        show(out.flip());
        incomplete = new byte[in.remaining()];
        in.get(incomplete);
        return take();
    }

    /** {@return what was still waiting, escaped} */
    String end() {
        endCarriageReturn();
        for (byte b : incomplete) {
            escape(b);
        }
        incomplete = new byte[0];
        return take();
    }

    private void show(CharBuffer chars) {
        chars.codePoints().forEach(this::show);
    }

    private void show(int codePoint) {
        if (afterCarriageReturn && codePoint == '\n') {
            afterCarriageReturn = false;
        }
        endCarriageReturn();
        if (codePoint == '\r') {
            afterCarriageReturn = true;
        } else if (codePoint == '\n' || codePoint == '\t') {
            text.appendCodePoint(codePoint);
        } else {
            showOrEscape(codePoint);
        }
    }

    private void showOrEscape(int codePoint) {
        if (isHarmless(codePoint)) {
            text.appendCodePoint(codePoint);
        } else {
            for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                append(b);
            }
        }
    }

    private void escape(byte b) {
        endCarriageReturn();
        append(b);
    }

    private void endCarriageReturn() {
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            append((byte) '\r');
        }
    }

    private void append(byte b) {
        text.append(String.format("\\x%02x", b & 0xff));
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }
}
