package io.oneloop.client.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text with {@code \n \r \t \0 \\ \xhh}, read and written. */
final class Escapes {

    private Escapes() {}

    /**
     * @return the bytes, UTF-8 but for {@code \xhh}
     * @throws WrongValue at an escape that is none
     */
    static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char kind = i < text.length() ? text.charAt(i++) : 0;
            if (kind == 'x' && i + 2 <= text.length() && isHex(text, i)) {
                out.write(Integer.parseInt(text.substring(i, i + 2), 16));
                i += 2;
            } else {
                out.write(single(kind, text));
            }
        }
        return out.toByteArray();
    }

    private static boolean isHex(String text, int at) {
        return Character.digit(text.charAt(at), 16) >= 0 && Character.digit(text.charAt(at + 1), 16) >= 0;
    }

    private static int single(char kind, String text) {
        switch (kind) {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case '0':
                return 0;
            case '\\':
                return '\\';
            default:
                throw new WrongValue("wrong.escape", text);
        }
    }

    /** {@return {@code \xhh}} */
    static String hex(byte b) {
        return String.format("\\x%02x", b);
    }

    /** {@return the bytes as printable ASCII, every other byte as {@code \xhh}} */
    static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b == '\n') {
                text.append("\\n");
            } else if (b >= ' ' && b < 0x7f && b != '\\') {
                text.append((char) b);
            } else {
                text.append(hex(b));
            }
        }
        return text.toString();
    }
}
