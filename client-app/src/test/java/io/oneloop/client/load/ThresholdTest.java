package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    @ParameterizedTest
    @CsvSource({
        "p99<5ms, 4999999, true",
        "p99<5ms, 5000000, false",
        "p99<=5ms, 5000000, true",
        "p99.9 < 1.5s, 1499999999, true",
        "rate>40k, 40000, false",
        "rate>=40k, 40000, true",
        "rate>40k/s, 40001, true",
        "errors<0.1%, 0.0999, true",
        "errors<0.1%, 0.1, false",
        "errors<=0, 0, true",
        "max<1s, 999, true",
        "mean<200us, 200001, false",
    })
    void holdsOrNot(String text, double figure, boolean holds) {
        assertEquals(holds, Threshold.parse(text).holds(figure));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p99<",
                "<5ms",
                "p99=5ms",
                "p101<5ms",
                "latency<5ms",
                "p99<5%",
                "p99<5",
                "rate>10%",
                "p99<x"
            })
    void refusesWhatIsNoThreshold(String text) {
        assertThrows(IllegalArgumentException.class, () -> Threshold.parse(text));
    }
}
