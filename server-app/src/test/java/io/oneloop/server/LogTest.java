package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T01:33:26.122Z, PT0H, 2026-11-23T01:33:26.122Z",
        "2026-11-23T01:33:00Z, PT0H, 2026-11-23T01:33:00.000Z",
        "2026-11-23T17:33:26.100Z, PT8H, 2026-11-24T01:33:26.100+08:00",
        "2026-01-01T00:00:00.999Z, PT-3H-30M, 2025-12-31T20:30:00.999-03:30",
        "2026-11-23T01:33:26.122Z, PT20H, 2026-11-23T19:33:26.122+18:00",
        "2026-11-23T01:33:26.122Z, PT-23H-59M, 2026-11-22T07:33:26.122-18:00",
        "1969-12-31T23:59:59.999Z, PT0H, 1969-12-31T23:59:59.999Z",
    })
    void writesTheLocalTimeToTheMillisecond(Instant time, Duration offset, String text) {
        assertEquals(text, Log.time(time.toEpochMilli(), (int) offset.toMillis()));
    }

    @Test
    void failsWhereALineCannotBeWrittenAndGoesOn() {
        CapturedLog captured = new CapturedLog();

        captured.loseTheNextLine();
        assertThrows(IllegalStateException.class, () -> captured.log.info("lost"));
        captured.loseTheNextLine();
        assertThrows(IllegalStateException.class, () -> captured.log.warn("lost"));
        captured.log.info("written");

        assertEquals(List.of("INFO written"), captured.lines());
    }

    @Test
    void tellsTheLevelAndTheTimeOfThisMachine() {
        CapturedLog captured = new CapturedLog();
        Instant before = Instant.now().minusMillis(1);

        captured.log.info("what happened");
        captured.log.warn("what went wrong");

        assertEquals(List.of("INFO what happened", "WARN what went wrong"), captured.lines());
        OffsetDateTime time =
                OffsetDateTime.parse(captured.linesWithTimes().get(0).split(" ")[1]);
        assertTrue(time.toInstant().isAfter(before), time::toString);
        assertEquals(
                TimeZone.getDefault().getOffset(time.toInstant().toEpochMilli()) / 1000,
                time.getOffset().getTotalSeconds());
    }
}
