package io.oneloop.client.load;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import io.oneloop.client.load.Threshold.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of a run. Immutable, and safe from any thread. Times of {@link Latency} are nanoseconds. */
public final class LoadResult {

    /** How a run ended. */
    public enum End {
        /** As planned. */
        COMPLETE,
        /** From outside. */
        INTERRUPTED,
        /** At an error, as {@link OnError#STOP} has it. */
        STOPPED,
        /** Because nothing was answered any more. */
        STALLED,
        /** Before it began: this machine let not one connection or socket open. */
        NOT_OPENED
    }

    /** The counts of a run, gathered from its loops. */
    record Counts(
            long sent,
            long succeeded,
            long succeededInDrain,
            long succeededFromWarmup,
            long due,
            long mostWaiting,
            long connected,
            long bytesSent,
            long bytesReceived,
            long wrongBytes,
            long partialReplies,
            long partialBytes) {}

    /** The times of a run, gathered from its loops; null where the run has none. */
    record Times(Latency response, Latency service, Latency connect) {}

    private final LoadPlan plan;
    private final Instant started;
    private final double seconds;
    private final End end;
    private final Counts counts;
    private final Times times;
    private final UdpFigures udp;
    private final ErrorSummary errors;
    private final ClientHealth health;
    private final List<Interval> intervals;

    LoadResult(
            LoadPlan plan,
            Instant started,
            double seconds,
            End end,
            Counts counts,
            Times times,
            UdpFigures udp,
            ErrorSummary errors,
            ClientHealth health,
            List<Interval> intervals) {
        this.plan = plan;
        this.started = started;
        this.seconds = seconds;
        this.end = end;
        this.counts = counts;
        this.times = times;
        this.udp = udp;
        this.errors = errors;
        this.health = health;
        this.intervals = List.copyOf(intervals);
    }

    LoadPlan plan() {
        return plan;
    }

    Counts counts() {
        return counts;
    }

    /** {@return when the measurement began} */
    public Instant started() {
        return started;
    }

    /** {@return the length of the measurement} */
    public double seconds() {
        return seconds;
    }

    /** Whether there was a measurement: a run may be ended before it. */
    boolean isMeasured() {
        return seconds > 0;
    }

    /** {@return how the run ended} */
    public End end() {
        return end;
    }

    /** {@return the measured requests that were sent} */
    public long sent() {
        return counts.sent();
    }

    /** {@return the measured requests that were answered in time, every byte right} */
    public long succeeded() {
        return counts.succeeded();
    }

    /**
     * {@return the right replies that came within the measurement, per second} Also those to requests of the warm-up: what
     * was in flight at the end is left out, so what was in flight at the beginning has to be in. Empty for a run that was
     * ended before its measurement began. Over no less than the schedule: the last of ten requests is due after nine tenths.
     */
    public Optional<Double> rate() {
        long repliesWithin = counts.succeeded() - counts.succeededInDrain() + counts.succeededFromWarmup();
        double whole = plan.isOpenModel() ? Math.max(seconds, scheduledSeconds()) : seconds;
        return isMeasured() ? Optional.of(repliesWithin / whole) : Optional.empty();
    }

    /** {@return the rate that the schedule asked for, or empty in the closed model} */
    public Optional<Double> scheduledRate() {
        return plan.isOpenModel() && isMeasured() ? Optional.of(counts.due() / scheduledSeconds()) : Optional.empty();
    }

    /** A run of so many requests lasts until the last is settled: with a slow server far longer than its schedule. */
    private double scheduledSeconds() {
        boolean whole = plan.requests() > 0 && counts.due() == plan.requests();
        return whole ? new Pacer(plan.stages(), plan.requests()).endNanos() / 1e9 : seconds;
    }

    /**
     * Whether a datagram may have been taken for the reply to a later request than its own: more came than were asked for,
     * and the next request was sent as soon as the one before was answered. From the first on that is one too many, a lane
     * whose replies carry no number pairs each request with the reply to another.
     */
    boolean areRepliesMixedUp() {
        return plan.udp()
                && !plan.sequence()
                && errors.of(ErrorKind.REPLY_UNEXPECTED) > 0
                && (!plan.isOpenModel() || counts.mostWaiting() > 0);
    }

    /**
     * {@return the times from when requests were due; empty in the closed model, which has no schedule, and if they cannot
     * be known}
     */
    public Optional<Latency> responseTime() {
        return areRepliesMixedUp() ? Optional.empty() : Optional.ofNullable(times.response());
    }

    /** {@return the times from when requests were sent; empty if they cannot be known} */
    public Optional<Latency> serviceTime() {
        return areRepliesMixedUp() ? Optional.empty() : Optional.ofNullable(times.service());
    }

    /** {@return the times that connecting took; empty for UDP} */
    public Optional<Latency> connectTime() {
        return Optional.ofNullable(times.connect());
    }

    /** {@return what thresholds judge: response time, or service time in the closed model} */
    public Optional<Latency> latency() {
        return plan.isOpenModel() ? responseTime() : serviceTime();
    }

    /** {@return the errors by kind} */
    public ErrorSummary errors() {
        return errors;
    }

    /** {@return what became of datagrams, or null for TCP} */
    public UdpFigures udp() {
        return udp;
    }

    /** {@return whether the client kept up} */
    public ClientHealth health() {
        return health;
    }

    /** {@return whether the client itself was the limit, so that the figures are a lower bound} */
    public boolean isClientSaturated() {
        return !clientLimits(Messages.ofLoad(Language.EN)).isEmpty();
    }

    List<String> clientLimits(Messages messages) {
        // Nothing is a large part of a measurement that there was not.
        return isMeasured() ? health.limits(latency().orElse(null), messages) : List.of();
    }

    /** {@return the course of the measurement} */
    public List<Interval> intervals() {
        return areRepliesMixedUp()
                ? intervals.stream().map(Interval::withoutTimes).toList()
                : intervals;
    }

    /** {@return the thresholds that were not kept, or that could not be judged} */
    public List<Threshold> missedThresholds() {
        List<Threshold> missed = new ArrayList<>();
        for (Threshold threshold : plan.thresholds()) {
            if (threshold.judge(this) != Verdict.KEPT) {
                missed.add(threshold);
            }
        }
        return missed;
    }

    /** {@return whether the run was completed, something succeeded, and every threshold was kept} */
    public boolean passed() {
        return end == End.COMPLETE && succeeded() > 0 && missedThresholds().isEmpty();
    }

    /** {@return the report for people, in English} */
    public String text() {
        return text(Language.EN);
    }

    /**
     * {@return the report for people in {@code language}} The names of figures and errors, such as {@code p99} and {@code
     * connect/refused}, and the examples of errors are the same in each.
     */
    public String text(Language language) {
        return TextReport.of(this, Messages.ofLoad(language));
    }

    /** {@return the report for programs; docs/load-testing.md describes it} */
    public String json() {
        return JsonReport.of(this);
    }

    /** Writes the report with plots in English; see {@link #writeHtml(Path, Language)}. */
    public void writeHtml(Path file) throws IOException {
        writeHtml(file, Language.EN);
    }

    /**
     * Writes the report with plots as one HTML file that needs no other. A file that is there is replaced.
     *
     * @throws IOException if the file cannot be written
     */
    public void writeHtml(Path file, Language language) throws IOException {
        HtmlReport.write(file, HtmlReport.of(this, language));
    }

    /**
     * Writes the percentiles as HdrHistogram prints them, in milliseconds: in the open model response time, with service
     * time in {@code file.service}, else service time. A file that is there is replaced.
     *
     * @throws IOException if a file cannot be written
     */
    public void writeHgrm(Path file) throws IOException {
        HdrFiles.writePercentiles(
                file, responseTime().orElse(null), serviceTime().orElse(null));
    }
}
