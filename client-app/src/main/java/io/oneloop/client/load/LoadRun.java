package io.oneloop.client.load;

import io.oneloop.LoopObserver;
import io.oneloop.client.load.LoadProgress.Moment;
import io.oneloop.client.load.LoadProgress.Phase;
import io.oneloop.client.load.LoadResult.End;
import io.oneloop.client.load.Recorders.Kind;
import io.oneloop.client.load.Tally.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Takes a plan through its phases: ramp, warm-up, measurement, drain. For one run. */
final class LoadRun {

    private static final long TICK_NANOS = 20_000_000;
    private static final long START_DELAY_NANOS = 2_000_000;
    /** Nobody who interrupts a run wants to wait for its last replies. */
    private static final long INTERRUPTED_DRAIN_NANOS = 500_000_000;

    private final LoadPlan plan;
    private final LoadProgress progress;
    private final List<Worker> workers = new ArrayList<>();
    private final Sampler sampler;
    private final StallWatch stall;
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private volatile End early;

    private Phase phase = Phase.RAMP;
    private long phaseStart;
    private long lastReplies;
    private long lastMoment;
    private double replyRate;

    LoadRun(LoadPlan plan, LoadProgress progress) {
        this.plan = plan;
        this.progress = progress;
        sampler = new Sampler(workers, plan.isOpenModel());
        stall = new StallWatch(plan.timeoutNanos() + plan.connectTimeoutNanos());
    }

    /** Ends the run soon, with its result so far. Safe from any thread. */
    void interrupt() {
        early = End.INTERRUPTED;
    }

    LoadResult run() {
        Pacer pacer = pacer();
        LoopObserver observer = (context, error) -> fault.compareAndSet(null, error);
        Runnable onError = plan.onError() == OnError.STOP ? this::stopAtError : () -> {};
        try {
            for (int i = 0; i < plan.loops(); i++) {
                workers.add(new Worker(plan, pacer, i, observer, onError));
            }
            LoadResult result = phases();
            checkFault();
            return result;
        } finally {
            workers.forEach(Worker::shutdown);
            workers.forEach(Worker::close);
        }
    }

    private void checkFault() {
        Throwable error = fault.get();
        if (error instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
        if (error != null) {
            throw new Fault(error);
        }
    }

    /** Not the server's: a bug of ours, or something that the JVM ran out of. */
    static final class Fault extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Fault(Throwable cause) {
            super("the load tester itself failed: " + cause, cause);
        }
    }

    private void stopAtError() {
        if (early == null) {
            early = End.STOPPED;
        }
    }

    private Pacer pacer() {
        if (!plan.isOpenModel()) {
            return null;
        }
        List<Stage> stages = new ArrayList<>(plan.stages());
        long limit = Pacer.NEVER;
        long warmupRequests = 0;
        if (plan.warmup() > 0) {
            Stage warmup = new Stage(plan.warmup(), stages.get(0).perSecond());
            warmupRequests = warmup.requests();
            stages.add(0, warmup);
        }
        if (plan.requests() > 0) {
            limit = Pacer.sum(warmupRequests, plan.requests());
        }
        return new Pacer(stages, limit);
    }

    // ---- the phases ----------------------------------------------------------------------------------------------

    private LoadResult phases() {
        enter(Phase.RAMP);
        workers.forEach(Worker::ramp);
        await(() -> workers.stream().allMatch(Worker::isRamped), Pacer.NEVER);

        if (early == null && sampler.openedNothingHere(plan.udp())) {
            early = End.NOT_OPENED;
        }
        CpuClock cpu = new CpuClock(workers);
        long start = System.nanoTime() + START_DELAY_NANOS;
        long measureStart = start + plan.warmup();
        long sendUntil = plan.durationNanos() == Pacer.NEVER
                ? start + Recorders.LONGEST_NANOS
                : measureStart + plan.durationNanos();
        Instant started = Instant.now().plusNanos(measureStart - System.nanoTime());
        enter(Phase.WARMUP);
        if (!plan.isOpenModel()) {
            // Without a schedule nothing holds a request back until the start but this.
            await(() -> false, start);
        }
        boolean begun = early == null;
        if (begun) {
            workers.forEach(w -> w.begin(start, measureStart, sendUntil));
        }
        await(() -> false, measureStart);

        enter(Phase.MEASURE);
        cpu.start();
        sampler.beginMeasurement();
        long measured = begun ? measureWatched(measureStart, started, sendUntil) : 0;
        ClientHealth health = health(cpu, measured / 1e9);

        enter(Phase.DRAIN);
        if (begun) {
            drain();
        }
        workers.forEach(w -> w.finish(early == End.INTERRUPTED));
        sampleDrain(started, measured);
        return result(measureStart, started, measured / 1e9, health);
    }

    private void drain() {
        await(() -> isDone() || early == End.INTERRUPTED, System.nanoTime() + plan.timeoutNanos());
        if (early == End.INTERRUPTED) {
            await(this::isDone, System.nanoTime() + INTERRUPTED_DRAIN_NANOS);
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseStart = System.nanoTime();
    }

    /** Waits until {@code done}, or the time comes, or the run is ended early. */
    private void await(BooleanSupplier done, long until) {
        while (!done.getAsBoolean()) {
            long left = until == Pacer.NEVER ? TICK_NANOS : until - System.nanoTime();
            boolean leave = early != null && phase != Phase.DRAIN;
            if (left <= 0 || leave) {
                return;
            }
            pause(left);
            tellMoment();
        }
    }

    private void pause(long nanos) {
        LockSupport.parkNanos(Math.max(1, Math.min(nanos, TICK_NANOS)));
        checkFault();
    }

    private long measureWatched(long measureStart, Instant started, long sendUntil) {
        LagProbe probe = new LagProbe(due -> workers.forEach(w -> w.probeLag(due)));
        try {
            return measure(measureStart, started, sendUntil);
        } finally {
            probe.close();
        }
    }

    /** @return the length of the measurement in nanoseconds */
    private long measure(long measureStart, Instant started, long sendUntil) {
        long from = measureStart;
        while (true) {
            long to = Math.min(from + sampler.intervalNanos(plan.durationNanos()), sendUntil);
            while (System.nanoTime() - to < 0 && !isOver()) {
                pause(to - System.nanoTime());
                stopIfStalled();
                // At the end of an interval not before its figures are there.
                if (System.nanoTime() - to < 0) {
                    tellMoment();
                }
            }
            long now = System.nanoTime();
            if (now - sendUntil >= 0 || isOver()) {
                long end = Math.max(measureStart, endOfMeasurement(now, sendUntil));
                // At once: what the loops do until they know of it is not to be in the time that was measured.
                workers.forEach(w -> w.endAt(Math.min(now, end)));
                // The last request may have been settled before the interval began.
                if (end - from > 0) {
                    interval(measureStart, from, started, end);
                }
                return end - measureStart;
            }
            interval(measureStart, from, started, now);
            tellMoment();
            from = now;
        }
    }

    /** A run that has a duration lasts so long, also when its schedule has nothing more. */
    private boolean isOver() {
        return early != null || plan.requests() > 0 && isDone();
    }

    /** A run of so many requests was over when the last of them was settled, not when we saw it. */
    private long endOfMeasurement(long now, long sendUntil) {
        if (now - sendUntil >= 0) {
            return sendUntil;
        }
        return early != null
                ? now
                : workers.stream()
                        .mapToLong(w -> w.ledger().lastSettled())
                        .reduce((a, b) -> a - b > 0 ? a : b)
                        .orElse(now);
    }

    private boolean isDone() {
        workers.forEach(Worker::probeDone);
        return workers.stream().allMatch(Worker::isDone);
    }

    /** A run of so many requests would never end against a server that answers none. */
    private void stopIfStalled() {
        boolean asked = workers.stream().anyMatch(Worker::isKeptWaiting);
        boolean stalled = stall.isStalled(System.nanoTime(), sampler.sum(Figure.REPLIES), asked);
        if (stalled && plan.durationNanos() == Pacer.NEVER && early == null) {
            early = End.STALLED;
        }
    }

    /** The late replies belong to the run, but to none of its intervals: they came when nothing was asked any more. */
    private void sampleDrain(Instant started, long measured) {
        Interval drained = sampler.drain(measured / 1e9);
        long endMillis = started.plusNanos(measured).toEpochMilli();
        progress.onInterval(drained, endMillis, endMillis, sampler.response(), sampler.service());
    }

    private void interval(long measureStart, long from, Instant started, long to) {
        Interval interval = sampler.sample((from - measureStart) / 1e9, (to - from) / 1e9);
        long startMillis = started.plusNanos(from - measureStart).toEpochMilli();
        long endMillis = started.plusNanos(to - measureStart).toEpochMilli();
        progress.onInterval(interval, startMillis, endMillis, sampler.response(), sampler.service());
    }

    private void tellMoment() {
        long now = System.nanoTime();
        long replies = sampler.sum(Figure.REPLIES);
        double elapsed = (now - lastMoment) / 1e9;
        if (elapsed >= 0.2) {
            replyRate = (replies - lastReplies) / elapsed;
            lastReplies = replies;
            lastMoment = now;
        }
        List<Interval> intervals = sampler.intervals();
        progress.onMoment(new Moment(
                phase,
                (now - phaseStart) / 1e9,
                phase == Phase.MEASURE && plan.durationNanos() != Pacer.NEVER ? plan.durationNanos() / 1e9 : 0,
                sampler.sum(Figure.SENT),
                plan.requests(),
                sampler.sum(Figure.OPEN),
                plan.connections(),
                replyRate,
                sampler.sum(Figure.IN_FLIGHT),
                sampler.sum(Figure.WAITING),
                sampler.errors(),
                intervals.isEmpty() ? -1 : intervals.get(intervals.size() - 1).p99Nanos()));
    }

    // ---- the result ----------------------------------------------------------------------------------------------

    private ClientHealth health(CpuClock cpu, double seconds) {
        return new ClientHealth(
                plan.isOpenModel() ? new Latency(sampler.total(Kind.LATENESS)) : null,
                new Latency(sampler.total(Kind.LAG)),
                cpu.gcNanos(),
                cpu.gcCount(),
                seconds > 0 ? cpu.busiestLoop() : null,
                seconds);
    }

    private LoadResult result(long measureStart, Instant started, double seconds, ClientHealth health) {
        ErrorSummary.Builder errors = new ErrorSummary.Builder();
        workers.forEach(w -> w.ledger().errors().addTo(errors, measureStart));
        LoadResult.Counts counts = new LoadResult.Counts(
                sampler.sum(Figure.SENT),
                sampler.sum(Figure.SUCCEEDED),
                sampler.sum(Figure.SUCCEEDED_IN_DRAIN),
                sampler.sum(Figure.SUCCEEDED_FROM_WARMUP),
                sampler.sum(Figure.DUE),
                sampler.sum(Figure.MOST_WAITING),
                sampler.sum(Figure.CONNECTED),
                sampler.sum(Figure.BYTES_SENT),
                sampler.sum(Figure.BYTES_RECEIVED),
                sampler.sum(Figure.WRONG_BYTES),
                sampler.sum(Figure.PARTIAL_REPLIES),
                sampler.sum(Figure.PARTIAL_BYTES));
        LoadResult.Times times = new LoadResult.Times(
                latency(Kind.RESPONSE), latency(Kind.SERVICE), plan.udp() ? null : latency(Kind.CONNECT));
        return new LoadResult(
                plan,
                started,
                seconds,
                early == null ? End.COMPLETE : early,
                counts,
                times,
                plan.udp() ? udpFigures() : null,
                errors.build(),
                health,
                sampler.intervals());
    }

    private Latency latency(Kind kind) {
        return sampler.total(kind).getTotalCount() > 0 ? new Latency(sampler.total(kind)) : null;
    }

    private UdpFigures udpFigures() {
        double[] jitters = workers.stream()
                .map(Worker::jitters)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        boolean numbered = plan.sequence();
        return new UdpFigures(
                sampler.sum(Figure.LOST),
                plan.isAmbiguous() ? null : (Long) sampler.sum(Figure.LATE),
                sampler.sum(Figure.UNREACHABLE),
                numbered ? sampler.sum(Figure.DUPLICATE) : null,
                numbered ? sampler.sum(Figure.REORDERED) : null,
                jitters.length > 0
                        ? Double.valueOf(Arrays.stream(jitters).average().orElseThrow())
                        : null);
    }
}
