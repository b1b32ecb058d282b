package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    private static final Reply AB = Reply.of("ab");
    private static final Reply XYZ = Reply.of("xyz");

    private final LoopBuffers buffers = new LoopBuffers();
    private final SlowChannel channel = new SlowChannel();

    @Test
    void owesAReplyAsACountHoweverOftenItIsAdded() throws IOException {
        WriteQueue queue = queue(10, 1);
        assertTrue(queue.add(AB, 1_000_000_000));
        assertTrue(queue.add(AB, 1_000_000_000));
        assertEquals(4_000_000_000L, queue.pendingBytes());
    }

    @Test
    void goesOnInTheMiddleOfAReply() throws IOException {
        WriteQueue queue = queue(100, 100);
        queue.add(XYZ, 3);
        drain(queue, 1);
        queue.add(XYZ, 1);
        drain(queue, 4);
        drain(queue, 2);
        drain(queue, 100);
        assertEquals("xyzxyzxyzxyz", channel.text());
        assertTrue(queue.isEmpty());
    }

    @Test
    void keepsTheOrderOfRepliesAndCopies() throws IOException {
        WriteQueue queue = queue(100, 100);
        queue.add(AB, 2);
        queue.add(bytes("-"));
        queue.add(AB, 2);
        queue.add(XYZ, 1);
        queue.add(bytes("!"));
        while (!queue.isEmpty()) {
            drain(queue, 1);
        }
        assertEquals("abab-ababxyz!", channel.text());
    }

    @Test
    void countsWhatTheChannelTookBeforeItFailed() throws IOException {
        WriteQueue queue = queue(100, 100);
        queue.add(AB, 2);
        queue.add(bytes("-----"));
        WritableByteChannel failing = new WritableByteChannel() {
            private int writes;

            @Override
            public int write(ByteBuffer source) throws IOException {
                if (++writes > 1) {
                    throw new IOException("Broken pipe");
                }
                int taken = source.remaining();
                source.position(source.limit());
                return taken;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        assertEquals(4, queue.drainTo(failing, buffers));
        assertEquals(5, queue.pendingBytes());
        assertThrows(IOException.class, () -> queue.drainTo(failing, buffers));
    }

    @Test
    void keepsTheOrderOfTwoReplies() throws IOException {
        WriteQueue queue = queue(100, 100);
        queue.add(AB, 1);
        queue.add(XYZ, 1);
        queue.add(AB, 1);
        drain(queue, 100);
        assertEquals("abxyzab", channel.text());
    }

    @Test
    void isFullFromTheHighWaterMarkUntilEmpty() throws IOException {
        WriteQueue queue = queue(4, 100);
        queue.add(AB, 2);
        assertFalse(queue.isFull());
        queue.add(AB, 1);
        assertTrue(queue.isFull());
        drain(queue, 5);
        assertTrue(queue.isFull());
        drain(queue, 1);
        assertFalse(queue.isFull());
    }

    @Test
    void refusesCopiesBeyondTheMaximumAndKeepsWhatItHas() throws IOException {
        WriteQueue queue = queue(100, 4);
        assertTrue(queue.add(bytes("1234")));
        assertFalse(queue.add(bytes("5")));
        assertFalse(queue.add(AB, 1));
        drain(queue, 100);
        assertEquals("1234", channel.text());
    }

    @Test
    void forgetsEverythingWhenCleared() throws IOException {
        WriteQueue queue = queue(1, 100);
        queue.add(AB, 1);
        queue.add(bytes("-"));
        queue.clear();
        assertTrue(queue.isEmpty());
        assertFalse(queue.isFull());
        assertEquals(0, queue.pendingBytes());
        drain(queue, 100);
        assertEquals("", channel.text());
    }

    private static WriteQueue queue(int highWater, int maxPending) {
        return new WriteQueue(TcpOptions.builder()
                .highWaterBytes(highWater)
                .maxPendingBytes(maxPending)
                .build());
    }

    private void drain(WriteQueue queue, int takes) throws IOException {
        channel.takes = takes;
        queue.drainTo(channel, buffers);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes so many bytes, over however many writes, and no more. */
    private static final class SlowChannel implements WritableByteChannel {
        int takes;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        String text() {
            return taken.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public int write(ByteBuffer source) {
            int n = Math.min(takes, source.remaining());
            takes -= n;
            for (int i = 0; i < n; i++) {
                taken.write(source.get());
            }
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
