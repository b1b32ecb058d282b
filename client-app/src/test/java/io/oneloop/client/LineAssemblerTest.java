package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineAssemblerTest {

    private final LineAssembler lines = new LineAssembler();

    @Test
    void holdsALineUntilItsEndComes() {
        assertEquals("", lines.append("hel"));
        assertEquals("hello\n", lines.append("lo\nwor"));
        assertEquals("world\n\n", lines.append("ld\n\n"));
        assertEquals("", lines.rest());
    }

    @Test
    void givesAwayWhatWaitsOnce() {
        lines.append("a\nhel");
        assertEquals("hel", lines.rest());
        assertEquals("", lines.rest());
        assertEquals("lo\n", lines.append("lo\n"));
    }
}
