package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

    private final TerminalText text = new TerminalText();

    private String show(int... bytes) {
        byte[] chunk = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            chunk[i] = (byte) bytes[i];
        }
        return text.append(chunk);
    }

    @Test
    void leavesTextLinesAndTabsAsTheyAre() {
        assertEquals("a\tb\n你好😀", text.append("a\tb\n你好😀".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"1b,\\x1b", "07,\\x07", "00,\\x00", "7f,\\x7f", "9b,\\xc2\\x9b", "202e,\\xe2\\x80\\xae"})
    void escapesWhatSteersTheTerminal(String codePoint, String shown) {
        byte[] bytes = Character.toString(Integer.parseInt(codePoint, 16)).getBytes(StandardCharsets.UTF_8);
        assertEquals("a" + shown, text.append(new byte[] {'a'}) + text.append(bytes));
    }

    @Test
    void escapesMalformedBytesAndGoesOn() {
        assertEquals("a\\xffb\\xc0\\xafc", show('a', 0xff, 'b', 0xc0, 0xaf, 'c'));
    }

    @Test
    void putsACharacterTogetherAcrossReads() {
        assertEquals("", show(0xe4));
        assertEquals("", show(0xbd));
        assertEquals("你", show(0xa0));
    }

    @Test
    void escapesACharacterThatNeverEnds() {
        assertEquals("", show(0xe4, 0xbd));
        assertEquals("\\xe4\\xbd", text.end());
        assertEquals("", text.end());
    }

    @Test
    void takesCrLfForALineEndAlsoAcrossReadsButNotACrAlone() {
        assertEquals("a", show('a', '\r'));
        assertEquals("\nb\\x0dc", show('\n', 'b', '\r', 'c'));
        assertEquals("", show('\r'));
        assertEquals("\\x0d\\xff", show(0xff));
        assertEquals("", show('\r'));
        assertEquals("\\x0d", text.end());
    }
}
