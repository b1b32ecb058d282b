package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ByteRingTest {

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(8192);

    /** Takes what it is allowed to per call and keeps it. */
    private static final class Sink implements WritableByteChannel {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int allowance = Integer.MAX_VALUE;

        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(allowance, source.remaining());
            byte[] bytes = new byte[count];
            source.get(bytes);
            taken.writeBytes(bytes);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void takesNothingOfWhatExceedsItsLimit() throws IOException {
        ByteRing queue = new ByteRing(10);
        assertTrue(queue.append(ByteBuffer.wrap(new byte[7])));
        assertFalse(queue.append(ByteBuffer.wrap(new byte[4])));
        assertEquals(7, queue.size());
        assertTrue(queue.append(ByteBuffer.wrap(new byte[3])));
        assertEquals(10, queue.size());
    }

    @Test
    void leavesPositionAndLimitOfWhatItCopies() {
        ByteBuffer data = ByteBuffer.wrap(new byte[10]).position(2).limit(6);
        new ByteRing(10).append(data);
        assertEquals(2, data.position());
        assertEquals(6, data.limit());
    }

    @Test
    void offersNoMoreThanTheScratchBufferHolds() throws IOException {
        ByteRing queue = new ByteRing(100_000);
        queue.append(ByteBuffer.wrap(new byte[20_000]));
        assertEquals(8192, queue.drainTo(new Sink(), scratch.clear()));
        assertEquals(20_000 - 8192, queue.size());
    }

    @Test
    void keepsWhatTheChannelDoesNotTake() throws IOException {
        ByteRing queue = new ByteRing(100);
        queue.append(ByteBuffer.wrap(new byte[10]));
        Sink sink = new Sink();
        sink.allowance = 0;
        assertEquals(0, queue.drainTo(sink, scratch.clear()));
        assertEquals(10, queue.size());
    }

    @Property
    void behavesLikePlainArrayOfBytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40_000) int limit)
            throws IOException {
        Random random = new Random(seed);
        ByteRing queue = new ByteRing(limit);
        ByteArrayOutputStream appended = new ByteArrayOutputStream();
        Sink sink = new Sink();
        for (int step = 0; step < 60; step++) {
            byte[] data = new byte[random.nextInt(random.nextBoolean() ? 100 : 9000)];
            random.nextBytes(data);
            int from = random.nextInt(data.length + 1);
            int held = appended.size() - sink.taken.size();
            boolean fits = held + data.length - from <= limit;
            assertEquals(fits, queue.append(ByteBuffer.wrap(data, from, data.length - from)));
            if (fits) {
                appended.write(data, from, data.length - from);
            }
            sink.allowance = random.nextInt(3) == 0 ? 0 : random.nextInt(9000);
            int before = sink.taken.size();
            int written = queue.drainTo(sink, scratch.clear());
            assertEquals(sink.taken.size() - before, written);
            assertEquals(appended.size() - sink.taken.size(), queue.size());
        }
        sink.allowance = Integer.MAX_VALUE;
        while (queue.size() > 0) {
            queue.drainTo(sink, scratch.clear());
        }
        assertArrayEquals(appended.toByteArray(), sink.taken.toByteArray());
    }
}
