package io.oneloop.client.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The errors of a run by kind. */
public final class ErrorSummary {

    /**
     * The errors of one kind.
     *
     * @param kind which
     * @param count how often, from the ramp on; a connection that is lost counts once for each request in flight on it,
     *     and at least once
     * @param measured how many of them belong to the measurement, as thresholds count them
     * @param requests how many measured requests were sent and got no right answer because of it
     * @param firstSecond when first, in seconds from the start of the measurement; negative before it
     * @param lastSecond when last
     * @param example one of them in words, or null
     */
    public record Entry(
            ErrorKind kind,
            long count,
            long measured,
            long requests,
            double firstSecond,
            double lastSecond,
            Sentence example) {}

    private final List<Entry> entries;

    private ErrorSummary(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** {@return the kinds that happened, in the order of a request's life} */
    public List<Entry> entries() {
        return entries;
    }

    /** {@return how many of all kinds} */
    public long total() {
        return entries.stream().mapToLong(Entry::count).sum();
    }

    /** {@return how many of all kinds belong to the measurement, and not to the ramp or the warm-up} */
    public long measured() {
        return entries.stream().mapToLong(Entry::measured).sum();
    }

    /** {@return how many of one kind} */
    public long of(ErrorKind kind) {
        return entries.stream()
                .filter(e -> e.kind() == kind)
                .mapToLong(Entry::count)
                .sum();
    }

    /** {@return how many measured requests were in flight when the run was interrupted, of which nothing is known} */
    long notAwaited() {
        return entries.stream()
                .filter(e -> e.kind() == ErrorKind.READ_INTERRUPTED)
                .mapToLong(Entry::requests)
                .sum();
    }

    /** {@return the measured requests that were sent and got no right answer} */
    public long failedRequests() {
        return entries.stream().mapToLong(Entry::requests).sum();
    }

    static final class Builder {
        private final Map<ErrorKind, Entry> merged = new EnumMap<>(ErrorKind.class);

        void add(
                ErrorKind kind,
                long count,
                long measured,
                long requests,
                long firstNanos,
                long lastNanos,
                Sentence example) {
            merged.merge(
                    kind,
                    new Entry(kind, count, measured, requests, firstNanos / 1e9, lastNanos / 1e9, example),
                    (a, b) -> new Entry(
                            kind,
                            a.count + b.count,
                            a.measured + b.measured,
                            a.requests + b.requests,
                            Math.min(a.firstSecond, b.firstSecond),
                            Math.max(a.lastSecond, b.lastSecond),
                            a.example != null ? a.example : b.example));
        }

        ErrorSummary build() {
            return new ErrorSummary(new ArrayList<>(merged.values()));
        }
    }
}
