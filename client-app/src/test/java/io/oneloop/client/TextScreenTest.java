package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextScreenTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    /** Both to one place, as at a terminal. */
    private final TextScreen screen =
            new TextScreen(out, new PrintStream(out, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void joinsThePiecesOfAStreamAndEndsItsLastLine() throws IOException {
        screen.data(bytes("ha"), false);
        screen.data(bytes("ha\u0007"), false);
        screen.end();
        assertEquals("haha\\x07\n", shown());
    }

    @Test
    void givesEachDatagramALineOfItsOwn() throws IOException {
        screen.data(bytes("one"), true);
        screen.data(bytes("two\n"), true);
        screen.data(bytes(""), true);
        screen.end();
        assertEquals("one\ntwo\n\n", shown());
    }

    @Test
    void startsANoteOnALineOfItsOwn() throws IOException {
        screen.data(bytes("ha"), false);
        screen.note("* note");
        screen.data(bytes("ho"), false);
        screen.end();
        assertEquals("ha\n* note\nho\n", shown());
    }
}
