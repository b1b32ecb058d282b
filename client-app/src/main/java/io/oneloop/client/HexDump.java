package io.oneloop.client;

import java.util.HexFormat;

/** Bytes as rows of offset, sixteen bytes in hexadecimal, and their ASCII characters. */
final class HexDump {

    private static final int ROW = 16;
    private static final HexFormat HEX = HexFormat.of();

    private HexDump() {}

    /** @param offset of the first byte, for a stream that comes in pieces */
    static String format(byte[] bytes, long offset) {
        StringBuilder dump = new StringBuilder();
        for (int start = 0; start < bytes.length; start += ROW) {
            row(dump, bytes, start, Math.min(ROW, bytes.length - start), offset + start);
        }
        return dump.toString();
    }

    private static void row(StringBuilder dump, byte[] bytes, int start, int length, long offset) {
        dump.append(HEX.toHexDigits((int) offset)).append(' ');
        for (int i = 0; i < ROW; i++) {
            dump.append(i == ROW / 2 ? "  " : " ");
            dump.append(i < length ? HEX.toHexDigits(bytes[start + i]) : "  ");
        }
        dump.append("  |");
        for (int i = 0; i < length; i++) {
            byte b = bytes[start + i];
            dump.append(b >= ' ' && b < 0x7f ? (char) b : '.');
        }
        dump.append("|\n");
    }
}
