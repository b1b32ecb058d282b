package io.oneloop.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The notation of {@code --reply}: UTF-8 text with {@code \n \r \t \\} and {@code \xhh} for any byte. */
final class ReplyText {

    private ReplyText() {}

    /**
     * @return the bytes that {@code text} stands for
     * @throws IllegalArgumentException with the wrong escape as its message
     */
    static byte[] parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int literalFrom = 0;
        int backslash;
        while ((backslash = text.indexOf('\\', literalFrom)) >= 0) {
            bytes.writeBytes(text.substring(literalFrom, backslash).getBytes(StandardCharsets.UTF_8));
            char kind = backslash + 1 < text.length() ? text.charAt(backslash + 1) : ' ';
            int length = kind == 'x' ? 4 : 2;
            bytes.write(
                    switch (kind) {
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        case '\\' -> '\\';
                        case 'x' -> hexByte(text, backslash);
                        default -> throw wrong(text, backslash, length);
                    });
            literalFrom = backslash + length;
        }
        bytes.writeBytes(text.substring(literalFrom).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static int hexByte(String text, int backslash) {
        int end = Math.min(backslash + 4, text.length());
        int high = end == backslash + 4 ? Character.digit(text.charAt(backslash + 2), 16) : -1;
        int low = end == backslash + 4 ? Character.digit(text.charAt(backslash + 3), 16) : -1;
        if (high < 0 || low < 0) {
            throw wrong(text, backslash, 4);
        }
        return high << 4 | low;
    }

    private static IllegalArgumentException wrong(String text, int backslash, int length) {
        return new IllegalArgumentException(text.substring(backslash, Math.min(backslash + length, text.length())));
    }
}
