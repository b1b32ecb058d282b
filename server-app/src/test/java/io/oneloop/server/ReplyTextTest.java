package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"+PONG\\r\\n|2b504f4e470d0a", "\\t\\\\n|095c6e", "\\x00\\xfF\\x7f|00ff7f", "中\\x41|e4b8ad41"})
    void readsEscapes(String text, String hex) {
        assertArrayEquals(HexFormat.of().parseHex(hex), ReplyText.parse(text));
    }

    @Test
    void takesTextWithoutEscapesAsItIs() {
        assertArrayEquals("你好, hello".getBytes(StandardCharsets.UTF_8), ReplyText.parse("你好, hello"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a\\q|\\q", "a\\|\\", "\\x|\\x", "\\x4|\\x4", "\\xg1z|\\xg1", "\\x1gz|\\x1g", "ok\\n\\0|\\0"})
    void namesTheWrongEscape(String text, String wrong) {
        assertEquals(
                wrong,
                assertThrows(IllegalArgumentException.class, () -> ReplyText.parse(text))
                        .getMessage());
    }
}
