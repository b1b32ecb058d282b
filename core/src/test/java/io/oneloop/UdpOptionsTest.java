package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class UdpOptionsTest {

    @Test
    void defaultsAreThoseOfTheDescription() {
        assertEquals(4 * 1024 * 1024, UdpOptions.DEFAULT.receiveBufferBytes());
        assertEquals(32, UdpOptions.DEFAULT.datagramsPerTurn());
    }

    @Test
    void builderSetsEachValueInItsPlace() {
        UdpOptions options =
                UdpOptions.builder().receiveBufferBytes(1).datagramsPerTurn(2).build();
        assertEquals(1, options.receiveBufferBytes());
        assertEquals(2, options.datagramsPerTurn());
    }

    @Test
    void namesTheValueThatIsOutOfRange() {
        UdpOptions.Builder noBuffer = UdpOptions.builder().receiveBufferBytes(0);
        Exception error = assertThrows(IllegalArgumentException.class, noBuffer::build);
        assertEquals("receiveBufferBytes is 0, but must be 1 to 1073741824", error.getMessage());
        UdpOptions.Builder noDatagrams = UdpOptions.builder().datagramsPerTurn(65_537);
        error = assertThrows(IllegalArgumentException.class, noDatagrams::build);
        assertEquals("datagramsPerTurn is 65537, but must be 1 to 65536", error.getMessage());
    }
}
