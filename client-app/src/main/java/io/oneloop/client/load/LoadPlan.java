package io.oneloop.client.load;

import io.oneloop.Addresses;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a run does, checked and unchanging. Times are nanoseconds; {@link LoadTest} describes each setting.
 *
 * @param requests how many to measure, 0 for as many as the duration has
 * @param durationNanos how long to measure, {@link Pacer#NEVER} for until {@code requests} are done
 * @param warmupNanos negative for a tenth of the duration
 * @param stages the schedule of the open model, empty for the closed one
 */
record LoadPlan(
        boolean udp,
        InetSocketAddress target,
        int connections,
        int threads,
        long requests,
        long durationNanos,
        long warmupNanos,
        List<Stage> stages,
        int pipeline,
        long thinkNanos,
        double connectRate,
        long connectTimeoutNanos,
        long timeoutNanos,
        long requestsPerConnection,
        long lifetimeNanos,
        SourceAddresses sources,
        OnError onError,
        PayloadTemplate payload,
        Expectation expectation,
        boolean sequence,
        List<Threshold> thresholds) {

    static final int MAX_DATAGRAM = 65_507;
    private static final long MAX_BATCH_BYTES = 64L << 20;

    LoadPlan {
        stages = List.copyOf(stages);
        thresholds = List.copyOf(thresholds);
        check(connections >= 1 && connections <= 10_000_000, "connections (-c) must be 1 to 10,000,000");
        check(threads >= 1 && threads <= 1024, "threads (-t) must be 1 to 1024");
        check(pipeline >= 1 && pipeline <= 65_536, "--pipeline must be 1 to 65,536");
        check(requests >= 0, "requests (-n) must be 1 or more");
        check(durationNanos > 0, "a duration (-d) must be longer than 0 s");
        check(requests > 0 || durationNanos <= 86_400_000_000_000L, "a duration (-d) must be at most 24h");
        check(connectRate > 0, "--connect-rate must be more than 0 per second");
        check(timeoutNanos >= 1_000_000 && timeoutNanos <= 3_600_000_000_000L, "--timeout must be 1ms to 1h");
        check(
                connectTimeoutNanos >= 1_000_000 && connectTimeoutNanos <= 3_600_000_000_000L,
                "--connect-timeout must be 1ms to 1h");
        check(!sequence || udp, "--sequence numbers datagrams: it needs a udp:// target");
        check(
                !sequence || payload.minLength() >= SequenceLane.NUMBER_BYTES,
                "--sequence needs datagrams of 8 bytes or more: add --size 64");
        check(!udp || requestsPerConnection == 0 && lifetimeNanos == 0, "UDP has no connections to renew");
        check(!udp || payload.maxLength() <= MAX_DATAGRAM, "a datagram takes at most 65,507 bytes");
        check(
                (long) payload.maxLength() * pipeline <= MAX_BATCH_BYTES,
                "a request times --pipeline must be at most 64 MiB");
        check(
                stages.isEmpty() || thinkNanos == 0,
                "--think belongs to the closed model: leave out --rate and --stages");
        check(
                stages.isEmpty() || stages.stream().anyMatch(s -> s.perSecond() > 0),
                "a schedule must have a rate above 0 somewhere");
    }

    private static void check(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    boolean isOpenModel() {
        return !stages.isEmpty();
    }

    /**
     * Whether a reply cannot be told to be that of its request: datagrams overtake each other and get lost, and without a
     * number the next reply may be that of any of several.
     */
    boolean isAmbiguous() {
        return udp && pipeline > 1 && !sequence;
    }

    /** Whether the bytes of a reply that differ are counted, and not only the replies. */
    boolean countsWrongBytes() {
        return expectation.bytes() != null && !sequence;
    }

    /** A loop without a connection would have a share of the schedule and nobody to send it. */
    int loops() {
        return Math.min(threads, connections);
    }

    long warmup() {
        if (warmupNanos >= 0) {
            return warmupNanos;
        }
        return requests > 0 ? 0 : durationNanos / 10;
    }

    /** {@return {@code tcp://127.0.0.1:7890}} */
    String url() {
        return (udp ? "udp://" : "tcp://") + Addresses.format(target);
    }
}
