package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.LoopStats.Counter;
import org.junit.jupiter.api.Test;

class LoopStatsTest {

    private final LoopStats stats = new LoopStats();

    @Test
    void keepsEachCounterApart() {
        for (Counter counter : Counter.values()) {
            stats.add(counter, counter.ordinal() + 1);
            stats.count(counter);
        }
        for (Counter counter : Counter.values()) {
            assertEquals(counter.ordinal() + 2, stats.get(counter), counter.name());
        }
    }

    @Test
    void sumsClosedConnectionsOverTheirReasons() {
        stats.countClosed(CloseReason.CLOSED);
        stats.countClosed(CloseReason.NETWORK_ERROR);
        stats.countClosed(CloseReason.NETWORK_ERROR);
        assertEquals(2, stats.closed(CloseReason.NETWORK_ERROR));
        assertEquals(0, stats.closed(CloseReason.ABORTED));
        assertEquals(3, stats.closed());
    }

    @Test
    void sumsDroppedDatagramsOverTheirReasons() {
        stats.countDropped(DropReason.SEND_REFUSED);
        stats.countDropped(DropReason.HANDLER_ERROR);
        assertEquals(1, stats.dropped(DropReason.SEND_REFUSED));
        assertEquals(2, stats.dropped());
    }

    @Test
    void openIsWhatWasAcceptedOrConnectedAndHasNotEnded() {
        stats.add(Counter.ACCEPTED, 3);
        stats.add(Counter.CONNECTED, 2);
        stats.countClosed(CloseReason.PEER_FINISHED);
        assertEquals(4, stats.open());
    }
}
