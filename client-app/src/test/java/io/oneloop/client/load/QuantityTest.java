package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "10s, 10000000000",
        "500ms, 500000000",
        "1.5s, 1500000000",
        "90us, 90000",
        "7ns, 7",
        "2m, 120000000000",
        "1h, 3600000000000",
        "3, 3000000000"
    })
    void readsDurations(String text, long nanos) {
        assertEquals(nanos, Quantity.nanos(text));
    }

    @ParameterizedTest
    @CsvSource({"50k, 50000", "1.5M, 1500000", "500, 500", "10_000, 10000", "40k/s, 40000", "0.5, 0.5"})
    void readsCounts(String text, double count) {
        assertEquals(count, Quantity.count(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "abc", "10x", "s", "1e3s", "10 years"})
    void refusesWhatIsNoDuration(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Quantity.nanos(text))
                .getMessage();
        assertTrue(message.contains("'" + text + "'"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "900, 0.9 µs",
        "90000, 90 µs",
        "210000, 0.21 ms",
        "12000000, 12.0 ms",
        "250000000, 250 ms",
        "1200000000, 1.20 s"
    })
    void writesTimesWithThreeDigits(double nanos, String text) {
        assertEquals(text, Quantity.time(nanos));
    }

    @ParameterizedTest
    @CsvSource({"12.34, 12.3", "-0.8, -0.8", "-0.06, -0.1", "-0.04, 0.0", "0, 0.0"})
    void writesSecondsWithoutANegativeZero(double seconds, String text) {
        assertEquals(text, Quantity.tenths(seconds));
    }

    @Test
    void readsStages() {
        assertEquals(
                List.of(new Stage(10_000_000_000L, 1000), new Stage(30_000_000_000L, 5000)),
                Stage.parse("10s@1k,30s@5k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10s", "10s@", "@1k", "10s@1k,", "0s@1k", "10s@2G"})
    void refusesWhatIsNoStage(String text) {
        assertThrows(IllegalArgumentException.class, () -> Stage.parse(text));
    }
}
