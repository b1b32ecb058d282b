package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({"0,0", "500ms,500", "5s,5000", "5S,5000", "2m,120000", "1h,3600000"})
    void readsANumberAndItsUnit(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), converter.convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "5 s", "5d", "9999999h", "99999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThrows(TypeConversionException.class, () -> converter.convert(text));
    }

    @Test
    void writesTheShorterForm() {
        assertEquals("5s", DurationConverter.format(Duration.ofSeconds(5)));
        assertEquals("1500ms", DurationConverter.format(Duration.ofMillis(1500)));
    }
}
