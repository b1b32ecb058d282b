package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CrlfTranslatorTest {

    private final CrlfTranslator translator = new CrlfTranslator();

    private String translate(String chunk) {
        return new String(translator.translate(chunk.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }

    @Test
    void putsACrBeforeALfThatHasNone() {
        assertEquals("a\r\nb\r\n\r\nc\r", translate("a\nb\r\n\nc\r"));
    }

    @Test
    void remembersACrAcrossChunks() {
        assertEquals("a\r", translate("a\r"));
        assertEquals("\n\r\n", translate("\n\n"));
    }
}
