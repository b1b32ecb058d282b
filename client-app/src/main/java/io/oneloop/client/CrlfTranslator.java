package io.oneloop.client;

import java.io.ByteArrayOutputStream;

/** Makes CR LF of every LF that has no CR before it, also where the two come in different chunks. */
final class CrlfTranslator {

    private byte last;

    byte[] translate(byte[] chunk) {
        ByteArrayOutputStream translated = new ByteArrayOutputStream(chunk.length + 16);
        for (byte b : chunk) {
            if (b == '\n' && last != '\r') {
                translated.write('\r');
            }
            translated.write(b);
            last = b;
        }
        return translated.toByteArray();
    }
}
