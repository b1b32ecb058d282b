package io.oneloop.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Sends a stream of bytes as it is, or with its line ends translated. */
final class StreamInput {

    /** Small enough that pieces in flight are no burden, large enough that handing over is not either. */
    private static final int CHUNK_BYTES = 32 * 1024;

    private StreamInput() {}

    static void pump(InputStream in, boolean crlf, Uplink uplink) throws IOException, InterruptedException {
        CrlfTranslator translator = new CrlfTranslator();
        byte[] buffer = new byte[CHUNK_BYTES];
        int n;
        while ((n = in.read(buffer)) >= 0) {
            byte[] chunk = Arrays.copyOf(buffer, n);
            if (!uplink.send(crlf ? translator.translate(chunk) : chunk)) {
                return;
            }
        }
        uplink.end();
    }
}
