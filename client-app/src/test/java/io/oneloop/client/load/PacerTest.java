package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MAX = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        // rate, request, due
        "1, 0, 0",
        "1, 1, 1000000000",
        "1000, 999, 999000000",
        "3, 1, 333333333",
        "3, 3, 1000000000",
        "0.5, 1, 2000000000",
        "50000, 4320000000, 86400000000000",
        "1e9, 123456789, 123456789",
        // Whatever does not fit a long is never due, and never wraps round to the past.
        "1, 9223372036, 9223372036000000000",
        "1, 9223372037, 9223372036854775807",
        "0.000001, 9223372036854775806, 9223372036854775807",
        "1, -1, 9223372036854775807",
    })
    void constantRate(double rate, long request, long due) {
        assertEquals(due, new Pacer(List.of(new Stage(Pacer.NEVER, rate)), Pacer.NEVER).dueNanos(request));
    }

    @ParameterizedTest
    @CsvSource({
        // 2 s at 2/s, 1 s of silence, 1 s at 4/s
        "0, 0",
        "3, 1500000000",
        "4, 3000000000",
        "5, 3250000000",
        "7, 3750000000",
        "8, 9223372036854775807",
        "9223372036854775807, 9223372036854775807",
    })
    void stagesFollowEachOther(long request, long due) {
        Pacer pacer =
                new Pacer(List.of(new Stage(2 * SECOND, 2), new Stage(SECOND, 0), new Stage(SECOND, 4)), Pacer.NEVER);
        assertEquals(8, pacer.total());
        assertEquals(due, pacer.dueNanos(request));
    }

    @Test
    void stagesThatTogetherOverflowAreNeverDue() {
        Pacer pacer = new Pacer(List.of(new Stage(MAX - 1, 1e-9), new Stage(MAX - 1, 1e-9)), Pacer.NEVER);
        assertEquals(MAX, pacer.dueNanos(pacer.total() - 1));
    }

    @Test
    void aPauseAtTheEndHasNoRequests() {
        Pacer pacer = new Pacer(List.of(new Stage(SECOND, 1), new Stage(SECOND, 0)), Pacer.NEVER);
        assertEquals(1, pacer.total());
        assertEquals(MAX, pacer.dueNanos(1));
    }

    @Test
    void aLimitEndsTheSchedule() {
        Pacer pacer = new Pacer(List.of(new Stage(Pacer.NEVER, 10)), 3);
        assertEquals(200_000_000, pacer.dueNanos(2));
        assertEquals(MAX, pacer.dueNanos(3));
    }

    @Property
    void aStageHasExactlyTheRequestsThatAreDueInIt(
            @ForAll @LongRange(min = 1, max = 86_400L * SECOND) long nanos,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double rate) {
        Stage stage = new Stage(nanos, rate);
        long requests = stage.requests();
        assertEquals(true, requests > 0 && stage.offset(requests - 1) < nanos);
        assertEquals(true, stage.offset(requests) >= nanos - 1, "one more would have been due within the stage");
    }

    @Property
    void theFirstFromATimeIsTheFirstThatIsNotDueBeforeIt(
            @ForAll @LongRange(min = -1, max = 5 * SECOND) long nanos,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double rate) {
        Pacer pacer = new Pacer(
                List.of(new Stage(2 * SECOND, rate), new Stage(SECOND, 0), new Stage(SECOND, rate)), Pacer.NEVER);
        long n = pacer.firstFrom(nanos);
        assertEquals(true, n == 0 || pacer.dueNanos(n - 1) < nanos);
        assertEquals(true, pacer.dueNanos(n) >= nanos);
    }

    @Property
    void nothingDrifts(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long request,
            @ForAll @DoubleRange(min = 1, max = 1e6) double rate) {
        long due = new Pacer(List.of(new Stage(Pacer.NEVER, rate)), Pacer.NEVER).dueNanos(request);
        double exact = request / rate * 1e9;
        // A double is exact to a part in 2^53: below 24 h that is less than a nanosecond, here at worst 46 days.
        assertEquals(exact, due, 1 + exact * 1e-15);
    }
}
