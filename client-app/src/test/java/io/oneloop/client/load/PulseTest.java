package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are in microseconds from {@link #start}. */
class PulseTest {

    private static final long PERIOD = 20_000;

    private final long start = Long.MAX_VALUE - 300_000_000;
    private final Pulse pulse = new Pulse(start);

    private void beat(long micros) {
        pulse.beat(start + 1000 * micros);
    }

    private long lag(long due, long asked, long now) {
        return pulse.lag(start + 1000 * due, start + 1000 * asked, start + 1000 * now) / 1000;
    }

    @Test
    void isTheTimeThatAProbeOnTimeTook() {
        beat(19_900);
        assertEquals(30, lag(20_000, 20_050, 20_080));
        beat(39_900);
        assertEquals(4_000, lag(40_000, 40_000, 44_000));
    }

    @Test
    void doesNotTakeAProberForLateThatGotNoProcessor() {
        LongStream.range(0, 780).forEach(i -> beat(100 * i));
        assertEquals(20, lag(PERIOD, 77_950, 77_970));
        assertEquals(20, lag(2 * PERIOD, 77_960, 77_980));
    }

    /** Whatever the loop turns to first when the process goes on, and however much it turns to before the probes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void isOneTimeForEachPeriodOfAStandstill(int repliesBeforeTheProbes) {
        beat(10_000);
        for (int i = 0; i < repliesBeforeTheProbes; i++) {
            beat(510_000 + i);
        }
        long first = repliesBeforeTheProbes == 0 ? 510_500 : 510_000;
        for (long due = PERIOD; due < 510_000; due += PERIOD) {
            assertEquals(first - due, lag(due, 510_400, 510_500));
        }
        assertEquals(10, lag(520_000, 520_050, 520_060));
    }

    /** Nothing tells the two apart where nothing was to do, and either way the client lacks a processor. */
    @Test
    void takesAnIdleLoopAndALateProberForAStandstill() {
        assertEquals(10, lag(20_000, 20_050, 20_060));
        assertEquals(57_000, lag(40_000, 96_980, 97_000));
        assertEquals(37_000, lag(60_000, 96_990, 97_010));
    }
}
