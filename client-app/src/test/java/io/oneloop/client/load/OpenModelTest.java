package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.client.load.Tally.Figure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the open model makes of requests that it cannot send: no lane of these tests is ever free. */
class OpenModelTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Ledger ledger = new Ledger(true, true, () -> {});

    /** 100 a second, of which two seconds are past when it begins. */
    private OpenModel begun(long start, long measureStart) {
        Metronome none = new Metronome("test", () -> {});
        none.close();
        OpenModel model = new OpenModel(
                new Pacer(List.of(new Stage(Pacer.NEVER, 100)), Pacer.NEVER), ledger, none, new Share(1, 1, 0));
        ledger.measure(measureStart, start + 3600 * SECOND);
        model.begin(start, measureStart, start + 3600 * SECOND);
        return model;
    }

    /** An interruption is known to the loop a moment after its time, and the loop has gone on meanwhile. */
    @Test
    void whatCameDueSinceAnEarlyEndIsNotSentLikeTheRest() {
        long start = System.nanoTime() - 2 * SECOND;
        OpenModel model = begun(start, start);
        model.endAt(start + SECOND);
        long unsent = model.giveUp();
        assertTrue(unsent >= 200, "unsent " + unsent);
        assertEquals(ledger.tally().get(Figure.DUE), unsent);
    }

    @Test
    void whatWaitedInTheWarmUpIsInNoResponseTime() {
        long start = System.nanoTime() - 2 * SECOND;
        begun(start, start + 3600 * SECOND);
        assertTrue(ledger.tally().get(Figure.WAITING) >= 200);
        assertEquals(0, ledger.tally().get(Figure.MOST_WAITING));
    }
}
