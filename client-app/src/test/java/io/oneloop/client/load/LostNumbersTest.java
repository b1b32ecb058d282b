package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LostNumbersTest {

    private final LostNumbers lost = new LostNumbers(3);

    @Test
    void knowsEachLostNumberOnce() {
        assertFalse(lost.remove(7));
        lost.add(7);
        lost.add(9);
        assertFalse(lost.remove(8));
        assertTrue(lost.remove(7));
        assertFalse(lost.remove(7), "its second reply is a duplicate");
        assertTrue(lost.remove(9));
    }

    @Test
    void saysOfWhatItForgotThatItDoesNotKnow() {
        for (long number = 1; number <= 5; number++) {
            lost.add(number);
        }
        assertFalse(lost.remove(2));
        assertEquals(true, lost.isForgotten(2));
        assertEquals(true, lost.isForgotten(1));
        assertEquals(false, lost.isForgotten(3));
        assertTrue(lost.remove(5));
    }
}
