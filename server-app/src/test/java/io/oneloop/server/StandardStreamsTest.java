package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class StandardStreamsTest {

    @Test
    void keepsAnEncodingThatHasChineseCharacters() {
        assertEquals(Charset.forName("GBK"), StandardStreams.fitForText(null, "", "GBK", "UTF-8"));
        assertEquals(UTF_8, StandardStreams.fitForText("UTF-8"));
    }

    @Test
    void writesUtf8WhereTheEncodingHasNone() {
        assertEquals(UTF_8, StandardStreams.fitForText("ANSI_X3.4-1968"));
        assertEquals(UTF_8, StandardStreams.fitForText("ISO-8859-1"));
    }

    @Test
    void writesUtf8WhereTheEncodingIsUnknown() {
        assertEquals(UTF_8, StandardStreams.fitForText("no charset"));
        assertEquals(UTF_8, StandardStreams.fitForText(null, "no-such-encoding"));
    }
}
