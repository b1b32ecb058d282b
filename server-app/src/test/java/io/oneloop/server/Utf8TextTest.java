package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8TextTest {

    @ParameterizedTest
    @CsvSource({
        "68656c6c6f, hello",
        "e4bda0e5a5bd, 你好",
        "f09f9880, 😀",
        "ff, \\xff",
        "61ff62, a\\xffb",
        "e4bd, \\xe4\\xbd",
        "c080, \\xc0\\x80",
        "eda080, \\xed\\xa0\\x80",
        "f4908080, \\xf4\\x90\\x80\\x80",
        "00, \\x00",
        "0a0d09, \\x0a\\x0d\\x09",
        "1b5b33316d, \\x1b[31m",
        "7f, \\x7f",
        "c29b, \\xc2\\x9b",
        "e280ae, \\xe2\\x80\\xae",
        "e280a8, \\xe2\\x80\\xa8",
        "efbbbf, \\xef\\xbb\\xbf",
        "ee8080, \\xee\\x80\\x80",
        "efbfbf, \\xef\\xbf\\xbf",
        "cd8f, \\xcd\\x8f",
        "e385a4, \\xe3\\x85\\xa4",
        "efb88f, \\xef\\xb8\\x8f",
        "efb890, ︐",
        "f3a08480, \\xf3\\xa0\\x84\\x80",
        "5c783162, \\\\x1b"
    })
    void showsTextAndEscapesTheRest(String hex, String shown) {
        assertEquals(shown, show(HexFormat.of().parseHex(hex)));
    }

    @Property(tries = 20_000)
    void isAlwaysPrintable(@ForAll @Size(max = 40) byte[] bytes) {
        assertTrue(show(bytes).codePoints().allMatch(Utf8TextTest::isHarmless), () -> HexFormat.of()
                .formatHex(bytes));
    }

    @Property(tries = 5_000)
    void isAlwaysPrintableOfAnyCharacters(@ForAll String text) {
        assertTrue(show(utf8(text)).codePoints().allMatch(Utf8TextTest::isHarmless));
    }

    private static boolean isHarmless(int codePoint) {
        return Character.isDefined(codePoint)
                && !Character.isISOControl(codePoint)
                && !Character.isIdentifierIgnorable(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && codePoint != 0x2028
                && codePoint != 0x2029
                && (codePoint < 0xd800 || codePoint > 0xf8ff);
    }

    @Test
    void escapesWhatTheEncodingOfTheLogLacks() {
        assertEquals(
                "你好 é \\xc3\\xa7 \\xf0\\x9f\\x98\\x80",
                Utf8Text.show(ByteBuffer.wrap(utf8("你好 é ç 😀")), Charset.forName("GBK")));
    }

    /** What is shown is in the notation of {@code --reply}, so nothing is lost and nothing can be mistaken. */
    @Property(tries = 5_000)
    void canBeReadBack(@ForAll @Size(max = 40) byte[] bytes) {
        assertArrayEquals(bytes, ReplyText.parse(show(bytes)));
    }

    @Property
    void findsTheCharacterThatIsNotComplete(@ForAll @Size(max = 20) int[] codePoints) {
        StringBuilder text = new StringBuilder();
        for (int codePoint : codePoints) {
            int valid = Math.floorMod(codePoint, Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(valid >= 0xd800 && valid <= 0xdfff ? '?' : valid);
        }
        byte[] bytes = utf8(text.toString());

        for (int cut = 0; cut <= bytes.length; cut++) {
            int whole = cut - Utf8Text.unfinished(ByteBuffer.wrap(bytes, 0, cut));
            String before = new String(bytes, 0, whole, StandardCharsets.UTF_8);
            String after = new String(bytes, whole, bytes.length - whole, StandardCharsets.UTF_8);
            assertEquals(text.toString(), before + after);
        }
    }

    @ParameterizedTest
    @CsvSource({"ff, 0", "80, 0", "808080, 0", "61, 0", "c3, 1", "e4bd, 2", "f09f98, 3", "c0, 0", "f5, 0", "e461, 0"})
    void holdsBackNothingThatCannotBecomeACharacter(String hex, int unfinished) {
        assertEquals(
                unfinished, Utf8Text.unfinished(ByteBuffer.wrap(HexFormat.of().parseHex(hex))));
    }

    private static String show(byte[] bytes) {
        return Utf8Text.show(ByteBuffer.wrap(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
