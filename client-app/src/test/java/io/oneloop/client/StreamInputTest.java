package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamInputTest {

    /** Takes so many pieces, then is over. */
    private static final class Recorder implements Uplink {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private int piecesLeft;
        private boolean ended;

        Recorder(int pieces) {
            piecesLeft = pieces;
        }

        @Override
        public boolean send(byte[] bytes) {
            sent.writeBytes(bytes);
            return --piecesLeft > 0;
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private final byte[] bytes = new byte[100_000];

    @Test
    void sendsEveryByteAsItIsAndTellsTheEnd() throws Exception {
        new Random(2).nextBytes(bytes);
        Recorder recorder = new Recorder(Integer.MAX_VALUE);
        StreamInput.pump(new ByteArrayInputStream(bytes), false, recorder);
        assertArrayEquals(bytes, recorder.sent.toByteArray());
        assertTrue(recorder.ended);
    }

    @Test
    void stopsReadingOnceTheSessionIsOver() throws Exception {
        InputStream in = new ByteArrayInputStream(bytes);
        Recorder recorder = new Recorder(1);
        StreamInput.pump(in, false, recorder);
        assertFalse(recorder.ended);
        assertEquals(bytes.length - recorder.sent.size(), in.available());
    }
}
