package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplyTest {

    @Test
    void needsAtLeastOneByte() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Reply.of(""));
        assertEquals("a reply needs at least one byte", error.getMessage());
    }

    @Test
    void encodesTextAsUtf8() {
        assertEquals(6, Reply.of("你好").length());
    }

    @Test
    void doesNotFollowChangesOfTheArrayItWasMadeOf() {
        byte[] message = {1, 2, 3};
        Reply reply = Reply.of(message);
        message[0] = 9;
        ByteBuffer view = reply.view();
        reply.window(view, 3);
        assertEquals(1, view.get());
    }

    @Test
    void offersManyMessagesInOneWindow() {
        Reply reply = Reply.of("hahahahah----ok---");
        ByteBuffer view = reply.view();
        reply.window(view, 18 * 1000);
        assertEquals(18 * 1000, view.remaining());
    }

    /** However the peer takes its bytes, they are whole messages in the end. */
    @Property
    void anyRunOfPartialWritesGivesWholeMessages(
            @ForAll @Size(min = 1, max = 40) byte[] message,
            @ForAll @IntRange(min = 1, max = 5000) int times,
            @ForAll long seed) {
        Reply reply = Reply.of(message);
        Random random = new Random(seed);
        ByteBuffer view = reply.view();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        long owed = (long) times * message.length;
        while (owed > 0) {
            reply.window(view, owed);
            assertTrue(view.remaining() > 0 && view.remaining() <= owed);
            byte[] taken = new byte[random.nextInt(view.remaining()) + 1];
            view.get(taken);
            sent.writeBytes(taken);
            owed -= taken.length;
        }
        byte[] expected = new byte[times * message.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = message[i % message.length];
        }
        assertArrayEquals(expected, sent.toByteArray());
    }

    @Test
    void offersMessageLargerThanOneWriteWhole() {
        Reply reply = Reply.of(new byte[200_000]);
        ByteBuffer view = reply.view();
        reply.window(view, 200_000 + 50_000);
        assertEquals(50_000, view.remaining());
        reply.window(view, 200_000);
        assertEquals(200_000, view.remaining());
    }
}
