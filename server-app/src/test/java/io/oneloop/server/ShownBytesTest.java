package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShownBytesTest {

    @Test
    void showsAMessageUpToTheLimitWhole() {
        String message = "x".repeat(ShownBytes.MAX_BYTES);

        assertEquals(message, shown(message));
    }

    @Test
    void cutsALongerMessageAndSaysItsLength() {
        String message = "x".repeat(ShownBytes.MAX_BYTES + 1);

        assertEquals("x".repeat(ShownBytes.MAX_BYTES) + "... (" + message.length() + " bytes in all)", shown(message));
    }

    @Test
    void cutsWhereACharacterEnds() {
        String message = "中".repeat(ShownBytes.MAX_BYTES);

        String shown = shown(message);

        assertTrue(shown.startsWith("中".repeat(ShownBytes.MAX_BYTES / 3) + "... "), shown);
    }

    @Test
    void isACopyThatOutlivesTheBuffer() {
        ByteBuffer buffer = ByteBuffer.wrap("before".getBytes(StandardCharsets.UTF_8));
        ShownBytes shown = ShownBytes.copyOf(new byte[0], buffer, buffer.remaining());

        buffer.put("after!".getBytes(StandardCharsets.UTF_8));

        assertEquals("before", shown.text(Messages.in(Language.EN)));
    }

    private static String shown(String message) {
        ByteBuffer data = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
        return ShownBytes.copyOf(new byte[0], data, data.remaining()).text(Messages.in(Language.EN));
    }
}
