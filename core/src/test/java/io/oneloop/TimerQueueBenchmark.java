package io.oneloop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a timeout per request costs: set among others, and cancelled before it is due. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms64m", "-Xmx64m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerQueueBenchmark {

    private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Timers that are set besides. */
    @Param({"10", "10000"})
    public int others;

    private final TimerQueue queue = new TimerQueue(System::nanoTime, () -> {});
    private int next;

    /** Fills the queue with timers that are due in an hour or later. */
    @Setup
    public void fill() {
        for (int i = 0; i < others; i++) {
            queue.schedule(TimeUnit.HOURS.toNanos(1) + i * SPREAD_NANOS, 0, () -> {});
        }
    }

    /** Sets one that is due soonest, and cancels it. */
    @Benchmark
    public void setAndCancelSoonest() {
        queue.schedule(SPREAD_NANOS, 0, () -> {}).cancel();
    }

    /** Sets one that is due somewhere among the others, and cancels it. */
    @Benchmark
    public void setAndCancelAmongOthers() {
        next = (next + 7919) % others;
        queue.schedule(TimeUnit.HOURS.toNanos(1) + next * SPREAD_NANOS, 0, () -> {})
                .cancel();
    }

    /** What every turn of a loop asks. */
    @Benchmark
    public long nanosToNext() {
        return queue.nanosToNext();
    }
}
