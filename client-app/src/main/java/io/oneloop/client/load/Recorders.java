package io.oneloop.client.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** The times that one loop takes down, in nanoseconds. Written by the loop, emptied by the sampler. */
final class Recorders {

    /** No run lasts longer, so nothing is ever cut off. */
    static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(48);

    static final int DIGITS = 3;

    /** What is timed. */
    enum Kind {
        /** From the time that a request was due. */
        RESPONSE,
        /** From the time that it was sent. */
        SERVICE,
        /** From the time that it was due until the loop turned to it. */
        LATENESS,
        /** From the start of a connect. */
        CONNECT,
        /** From the time that a task was given to the loop until it ran. */
        LAG
    }

    private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[Kind.values().length];
    private final Histogram[] recycled = new Histogram[recorders.length];

    Recorders() {
        for (int i = 0; i < recorders.length; i++) {
            recorders[i] = new SingleWriterRecorder(1, LONGEST_NANOS, DIGITS);
        }
    }

    static Histogram newHistogram() {
        return new Histogram(1, LONGEST_NANOS, DIGITS);
    }

    void record(Kind kind, long nanos) {
        recorders[kind.ordinal()].recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    /** {@return what was taken down since the last call, valid until the next one} */
    Histogram drain(Kind kind) {
        int i = kind.ordinal();
        recycled[i] = recorders[i].getIntervalHistogram(recycled[i]);
        return recycled[i];
    }
}
