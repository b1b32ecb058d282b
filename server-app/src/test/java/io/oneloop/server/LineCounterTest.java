package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineCounterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0",
                "no newline at all|0",
                "\\n|1",
                "one\\n|1",
                "one\\ntwo|1",
                "\\n\\n\\n\\n\\n\\n\\n\\n|8",
                "\\n\\n\\n\\n\\n\\n\\n\\n\\n|9",
                "a line that is longer than one word of eight bytes\\n|1"
            })
    void countsNewlines(String text, int expected) {
        assertEquals(expected, LineCounter.count(bytes(text.replace("\\n", "\n"))));
    }

    /** The bytes around a newline are those that a borrow between neighbours would get wrong. */
    @Property
    void countsWhateverTheOtherBytesAre(
            @ForAll @Size(max = 64) byte[] data, @ForAll @IntRange(max = 63) int from, @ForAll boolean dense) {
        if (dense) {
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) ('\n' + data[i] % 2);
            }
        }
        int start = Math.min(from, data.length);
        int expected = 0;
        for (int i = start; i < data.length; i++) {
            expected += data[i] == '\n' ? 1 : 0;
        }

        ByteBuffer direct =
                ByteBuffer.allocateDirect(data.length).put(data).flip().position(start);

        assertEquals(expected, LineCounter.count(direct));
    }

    @Test
    void leavesThePositionAsItWas() {
        ByteBuffer data = bytes("ab\ncd\n").position(2);

        LineCounter.count(data);

        assertEquals(2, data.position());
        assertEquals(6, data.limit());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
