package io.oneloop.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void findsTheQuartilesOfElevenInAnyOrder() {
        assertEquals(new Spread(1, 3, 6, 9, 11), Spread.of(7, 1, 11, 3, 9, 5, 2, 10, 4, 8, 6));
    }

    @Test
    void hasTheLeastAndTheMostForQuartilesOfThree() {
        assertEquals(new Spread(1, 1, 2, 4, 4), Spread.of(4, 1, 2));
    }

    @Test
    void takesTheMeanOfTheMiddleTwo() {
        assertEquals(2.5, Spread.of(1, 2, 3, 9).median());
    }
}
