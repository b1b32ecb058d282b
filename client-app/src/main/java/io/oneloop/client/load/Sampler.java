package io.oneloop.client.load;

import io.oneloop.client.load.Recorders.Kind;
import io.oneloop.client.load.Tally.Figure;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Empties the recorders of all loops, and adds up what they had: for each interval and for the whole run. */
final class Sampler {

    private static final long SHORTEST_NANOS = 1_000_000_000;

    /** So many points say all that a plot can show. */
    private static final int POINTS = 1000;

    private final List<Worker> workers;
    private final boolean open;
    private final Histogram[] totals = new Histogram[Kind.values().length];
    private final Histogram response = Recorders.newHistogram();
    private final Histogram service = Recorders.newHistogram();
    private final List<Interval> intervals = new ArrayList<>();
    private long succeededBefore;
    private long errorsBefore;

    Sampler(List<Worker> workers, boolean open) {
        this.workers = workers;
        this.open = open;
        for (int i = 0; i < totals.length; i++) {
            totals[i] = Recorders.newHistogram();
        }
    }

    /** What the loops lagged so far was before the measurement. */
    void beginMeasurement() {
        for (Worker worker : workers) {
            worker.ledger().recorders().drain(Kind.LAG);
        }
        errorsBefore = errors();
    }

    /** {@return what happened since the last call, and notes it down} */
    Interval sample(double startSecond, double seconds) {
        Interval interval = take(startSecond, seconds);
        intervals.add(interval);
        return interval;
    }

    /** {@return how long the next interval is to last} */
    long intervalNanos(long durationNanos) {
        return intervalNanos(durationNanos, intervals.size());
    }

    /**
     * A thousandth of a run whose end is known, and at least a second. Without a known end, each thousand intervals last
     * twice as long as the thousand before: 48 hours make 7,400.
     *
     * @param before how many intervals there were
     */
    static long intervalNanos(long durationNanos, int before) {
        return durationNanos == Pacer.NEVER
                ? SHORTEST_NANOS << Math.min(before / POINTS, 20)
                : Math.max(SHORTEST_NANOS, durationNanos / POINTS);
    }

    /** {@return what happened after the measurement's end, which has no rate} */
    Interval drain(double startSecond) {
        return take(startSecond, 0);
    }

    private Interval take(double startSecond, double seconds) {
        response.reset();
        service.reset();
        for (Worker worker : workers) {
            Recorders recorders = worker.ledger().recorders();
            response.add(recorders.drain(Kind.RESPONSE));
            service.add(recorders.drain(Kind.SERVICE));
            for (Kind kind : new Kind[] {Kind.LATENESS, Kind.CONNECT, Kind.LAG}) {
                total(kind).add(recorders.drain(kind));
            }
        }
        total(Kind.RESPONSE).add(response);
        total(Kind.SERVICE).add(service);
        Latency latency = new Latency(open ? response : service);
        long succeeded = sum(Figure.SUCCEEDED) + sum(Figure.SUCCEEDED_FROM_WARMUP);
        long errors = errors();
        Interval interval = new Interval(
                startSecond,
                seconds,
                succeeded - succeededBefore,
                errors - errorsBefore,
                sum(Figure.IN_FLIGHT),
                sum(Figure.WAITING),
                latency.supports(50) ? latency.nanosAt(50) : -1,
                latency.supports(99) ? latency.nanosAt(99) : -1,
                latency.count() > 0 ? latency.maxNanos() : -1);
        succeededBefore = succeeded;
        errorsBefore = errors;
        return interval;
    }

    /** {@return the last interval's times from the time due} */
    Histogram response() {
        return response;
    }

    /** {@return the last interval's times from the time sent} */
    Histogram service() {
        return service;
    }

    Histogram total(Kind kind) {
        return totals[kind.ordinal()];
    }

    List<Interval> intervals() {
        return intervals;
    }

    long sum(Figure figure) {
        return workers.stream().mapToLong(w -> w.ledger().tally().get(figure)).sum();
    }

    /** Whether nothing was opened, and no failure but this machine's own is why. Without a handshake, each is. */
    boolean openedNothingHere(boolean udp) {
        return sum(Figure.CONNECTED) == 0
                && errors() > 0
                && (udp || workers.stream().allMatch(w -> w.ledger().errors().areLocal()));
    }

    long errors() {
        return workers.stream().mapToLong(w -> w.ledger().errors().total()).sum();
    }
}
