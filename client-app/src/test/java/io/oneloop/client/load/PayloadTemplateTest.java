package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "hello, 7, hello",
        "id={n};, 0, id=0;",
        "id={n};, 9223372036854775807, id=9223372036854775807;",
        "{n}-{n}, 12, 12-12",
        "{n, 1, {n",
        "a{n}, 5, a5",
    })
    void putsTheNumberIn(String template, long n, String expected) {
        assertEquals(expected, rendered(PayloadTemplate.counted(template.getBytes(StandardCharsets.UTF_8)), n));
    }

    @Test
    void leavesAFileAsItIs() {
        PayloadTemplate file = PayloadTemplate.fixed("{n}".getBytes(StandardCharsets.UTF_8));
        assertEquals("{n}", rendered(file, 3));
        assertTrue(file.isConstant());
    }

    @Test
    void repeatsAndCutsToASizeAndKeepsTheNewlineAtTheEnd() {
        PayloadTemplate sized = PayloadTemplate.counted("ab{n}\n".getBytes(StandardCharsets.UTF_8))
                .sized(7, 7);
        assertEquals("ab1ab1\n", rendered(sized, 1));
        assertEquals(7, sized.maxLength());
    }

    @Test
    void drawsEverySizeOfTheRangeAndTheSameInEveryRun() {
        PayloadTemplate sized = PayloadTemplate.fixed(new byte[] {'x'}).sized(64, 72);
        assertFalse(sized.isConstant());
        TreeSet<Integer> sizes = new TreeSet<>();
        for (long n = 0; n < 1000; n++) {
            int size = rendered(sized, n).length();
            assertEquals(size, rendered(sized.copy(), n).length());
            sizes.add(size);
        }
        assertEquals(9, sizes.size());
        assertEquals(64, sizes.first());
        assertEquals(72, sizes.last());
    }

    @Test
    void loopsShareOneCount() {
        Payload second =
                new Payload(PayloadTemplate.counted("{n},".getBytes(StandardCharsets.UTF_8)), 3, new Share(2, 2, 1));
        assertEquals("1,3,5,", text(second.next(3)));
        assertEquals("7,", text(second.next(1)));
    }

    @Test
    void constantRequestsAreLaidOutOnce() {
        Payload payload =
                new Payload(PayloadTemplate.fixed("hi\n".getBytes(StandardCharsets.UTF_8)), 4, new Share(1, 1, 0));
        assertEquals("hi\nhi\n", text(payload.next(2)));
        assertEquals("hi\nhi\nhi\nhi\n", text(payload.next(4)));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "5, 4", "-1, 1"})
    void refusesAnImpossibleSize(int min, int max) {
        assertThrows(IllegalArgumentException.class, () -> PayloadTemplate.fixed(new byte[] {1})
                .sized(min, max));
    }

    @Test
    void refusesAnEmptyRequestWhichNoSizeIsEverReachedWith() {
        assertThrows(IllegalArgumentException.class, () -> PayloadTemplate.fixed(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> PayloadTemplate.counted(new byte[0]));
    }

    @Test
    void readsEscapes() {
        assertEquals("a\n\r\t\\é\u0000", new String(Escapes.bytes("a\\n\\r\\t\\\\é\\0"), StandardCharsets.UTF_8));
        assertEquals((byte) 0xff, Escapes.bytes("\\xfF")[0]);
        for (String wrong : new String[] {"\\", "\\q", "\\x1", "\\xzz"}) {
            assertThrows(IllegalArgumentException.class, () -> Escapes.bytes(wrong), wrong);
        }
        assertEquals("a\\x1b\\xff\\n", Escapes.printable(new byte[] {'a', 0x1b, (byte) 0xff, '\n'}));
    }

    private static String rendered(PayloadTemplate template, long n) {
        ByteBuffer out = ByteBuffer.allocate(template.maxLength());
        template.render(n, out);
        return text(out.flip());
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer).toString();
    }
}
