package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexDumpTest {

    @Test
    void showsOffsetBytesAndCharacters() {
        byte[] bytes = "GET / HTTP/1.0\r\n\u00ff~".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("""
                00000020  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 30 0d 0a  |GET / HTTP/1.0..|
                00000030  ff 7e                                             |.~|
                """, HexDump.format(bytes, 0x20));
    }

    @Test
    void showsNothingOfNothing() {
        assertEquals("", HexDump.format(new byte[0], 0));
    }
}
