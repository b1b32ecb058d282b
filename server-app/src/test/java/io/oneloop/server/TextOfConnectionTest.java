package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextOfConnectionTest {

    private static final Messages ENGLISH = Messages.in(Language.EN);

    private final TextOfConnection text = new TextOfConnection();

    @Test
    void joinsACharacterThatTwoReadsSplit() {
        byte[] bytes = "你好".getBytes(StandardCharsets.UTF_8);

        assertEquals("你", next(bytes, 0, 4));
        assertEquals("好", next(bytes, 4, 6));
    }

    @Test
    void joinsACharacterThatComesByteByByte() {
        byte[] bytes = "😀".getBytes(StandardCharsets.UTF_8);

        assertEquals("", next(bytes, 0, 1));
        assertEquals("", next(bytes, 1, 2));
        assertEquals("", next(bytes, 2, 3));
        assertEquals("😀", next(bytes, 3, 4));
    }

    @Property
    void showsTheSameHoweverTheReadsFall(@ForAll @Size(max = 40) byte[] bytes, @ForAll @Size(8) byte[] cuts) {
        TextOfConnection connection = new TextOfConnection();
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int length = Math.min(1 + Math.floorMod(cuts[i % cuts.length], 7), bytes.length - from);
            shown.append(connection.next(ByteBuffer.wrap(bytes, from, length)).text(ENGLISH));
            from += length;
        }
        shown.append(connection.rest().text(ENGLISH));

        assertEquals(Utf8Text.show(ByteBuffer.wrap(bytes), StandardCharsets.UTF_8), shown.toString());
    }

    @Test
    void showsTheStartOfACharacterThatDoesNotGoOn() {
        next(new byte[] {(byte) 0xe4, (byte) 0xbd}, 0, 2);

        assertEquals("\\xe4\\xbda", next(new byte[] {'a'}, 0, 1));
    }

    @Test
    void hasTheRestThatNeverBecameACharacter() {
        next(new byte[] {'a', (byte) 0xe4}, 0, 2);

        assertEquals("\\xe4", text.rest().text(ENGLISH));
    }

    @Test
    void keepsTheSplitCharacterOfAReadThatIsNotShown() {
        byte[] bytes = "a你".getBytes(StandardCharsets.UTF_8);

        text.skip(ByteBuffer.wrap(bytes, 0, 2));

        assertEquals("你", next(bytes, 2, 4));
    }

    @Test
    void leavesThePositionAsItWas() {
        ByteBuffer data = ByteBuffer.wrap("a你".getBytes(StandardCharsets.UTF_8)).position(1);

        text.next(data);

        assertEquals(1, data.position());
    }

    private String next(byte[] bytes, int from, int to) {
        return text.next(ByteBuffer.wrap(bytes, from, to - from)).text(ENGLISH);
    }
}
