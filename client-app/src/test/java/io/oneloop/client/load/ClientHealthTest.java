package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHealthTest {

    private static final Messages ENGLISH = Messages.ofLoad(Language.EN);

    @ParameterizedTest
    @CsvSource({
        // busiest loop, lateness, lag, collection in ms, latency; how many limits
        "0.50, 90, 90, 0, 1000, 0",
        "0.94, 90, 90, 0, 1000, 0",
        "0.95, 90, 90, 0, 1000, 1",
        // Late by more than noise and by a visible part of the latency
        "0.50, 2000, 90, 0, 10000, 1",
        "0.50, 2000, 90, 0, 100000, 0",
        "0.50, 900, 900, 0, 1000, 0",
        "0.50, 2000, 2000, 0, 10000, 2",
        "0.50, 90, 90, 199, 1000, 0",
        "0.50, 90, 90, 201, 1000, 1",
        "0.99, 9000, 9000, 900, 10000, 4",
    })
    void saysWhatLimitedTheClient(
            double busy, long latenessMicros, long lagMicros, long gcMillis, long latencyMicros, int limits) {
        ClientHealth health = new ClientHealth(
                latency(latenessMicros), latency(lagMicros), gcMillis * 1_000_000, gcMillis == 0 ? 0 : 1, busy, 10);
        assertEquals(
                limits, health.limits(latency(latencyMicros), ENGLISH).size(), health.limits(null, ENGLISH)::toString);
    }

    /** One stall in the server makes the slowest per cent slow, and must not excuse a client that is late all the time. */
    @Test
    void aSlowTailDoesNotExcuseALateClient() {
        Histogram late = Recorders.newHistogram();
        late.recordValueWithCount(5_000_000, 100);
        Histogram latency = Recorders.newHistogram();
        latency.recordValueWithCount(6_000_000, 90);
        latency.recordValueWithCount(1_000_000_000, 10);
        ClientHealth health = new ClientHealth(new Latency(late), latency(10), 0, 0, 0.1, 10);
        assertEquals(1, health.limits(new Latency(latency), ENGLISH).size());
    }

    @Test
    void isNotJudgedByAPercentileThatTooFewTimesSupport() {
        assertEquals(List.of(), limitsWithTwoSlowProbesOf(99));
        assertEquals(
                List.of("the loops were slow to turn, p99 9.00 ms: the client is short of CPU"),
                limitsWithTwoSlowProbesOf(100));
    }

    private static List<String> limitsWithTwoSlowProbesOf(int probes) {
        Histogram lag = Recorders.newHistogram();
        lag.recordValueWithCount(10_000, probes - 2);
        lag.recordValueWithCount(9_000_000, 2);
        return new ClientHealth(null, new Latency(lag), 0, 0, 0.1, 2).limits(latency(10), ENGLISH);
    }

    /** One standstill is in no percentile of a long run, and yet the maximum is its doing. */
    @ParameterizedTest
    @CsvSource({
        // lateness (0: closed model) and lag in ms; the standstill
        "0, 300, 300",
        "40, 300, 300",
        "300, 40, 300",
    })
    void knowsTheLongestStandstill(long latenessMillis, long lagMillis, long standstillMillis) {
        Latency lateness = latenessMillis == 0 ? null : latency(1000 * latenessMillis);
        ClientHealth health = new ClientHealth(lateness, latency(1000 * lagMillis), 0, 0, 0.1, 10);
        assertEquals(standstillMillis, health.longestStandstillNanos() / 1_000_000);
    }

    private static Latency latency(long micros) {
        Histogram histogram = Recorders.newHistogram();
        histogram.recordValueWithCount(micros * 1000, 100);
        return new Latency(histogram);
    }
}
