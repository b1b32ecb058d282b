package io.oneloop.server.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What every peer answers. */
final class Replies {

    static final byte[] ONE = "hahahahah----ok---".getBytes(StandardCharsets.US_ASCII);

    /** The most replies to one read; a read of so many bytes cannot ask for more. */
    static final int MAX_AT_ONCE = 4096;

    private Replies() {}

    /** {@return replies one after another, so that any number of them is a slice} */
    static ByteBuffer repeated() {
        ByteBuffer replies = ByteBuffer.allocateDirect(MAX_AT_ONCE * ONE.length);
        for (int i = 0; i < MAX_AT_ONCE; i++) {
            replies.put(ONE);
        }
        return replies.flip();
    }
}
