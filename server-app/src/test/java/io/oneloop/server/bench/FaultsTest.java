package io.oneloop.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final Faults faults = new Faults();

    @Test
    void namesWhoAnsweredWhatWrong() {
        faults.check("netty-nio", Scenario.named("t50"), measured(2, 1, 4));

        assertEquals(List.of("netty-nio, t50: 2 wrong replies, 5 failures, in one measurement"), faults.found());
    }

    @Test
    void tellsOfABrokenServerOnceAScenario() {
        faults.check("netty-nio", Scenario.named("t50"), measured(2, 1, 4));
        faults.check("netty-nio", Scenario.named("t50"), measured(1, 0, 0));
        faults.check("netty-nio", Scenario.named("churn"), measured(0, 1, 0));

        assertEquals(
                List.of(
                        "netty-nio, t50: 3 wrong replies, 5 failures, in 2 measurements",
                        "netty-nio, churn: 0 wrong replies, 1 failures, in one measurement"),
                faults.found());
    }

    @Test
    void findsNothingInARunWithoutAFault() {
        faults.check("netty-nio", Scenario.named("t50"), measured(0, 0, 0));

        assertEquals(List.of(), faults.found());
    }

    @Test
    void forgivesALostDatagram() {
        faults.check("netty-nio", Scenario.named("u50"), measured(0, 0, 3));

        assertEquals(List.of(), faults.found());
    }

    private static Measurement measured(long wrong, long failed, long lost) {
        return new Measurement(1000, 1, 2, 3, 10, wrong, failed, lost);
    }
}
