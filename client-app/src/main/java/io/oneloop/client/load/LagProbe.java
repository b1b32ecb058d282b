package io.oneloop.client.load;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Asks the loops 50 times a second how long they take to turn to something new. On a grid of its own, so that a process
 * that stood still for a second has 50 late answers and not one: a probe that stops asking has coordinated omission too.
 */
final class LagProbe implements AutoCloseable {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongConsumer ask;
    private final Metronome metronome;
    private long due;

    /** @param ask is given the time, as nanoTime, that it should have been called at; on the probe's thread */
    LagProbe(LongConsumer ask) {
        this.ask = ask;
        metronome = new Metronome("load-lag", this::probe);
        due = System.nanoTime() + PERIOD_NANOS;
        metronome.wakeAt(due);
    }

    private void probe() {
        ask.accept(due);
        due += PERIOD_NANOS;
        metronome.wakeAt(due);
    }

    @Override
    public void close() {
        metronome.close();
    }
}
