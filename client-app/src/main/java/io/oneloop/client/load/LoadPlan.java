package io.oneloop.client.load;

import io.oneloop.Addresses;
import java.net.InetAddress;
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
    private static final long LONGEST_NANOS = 86_400_000_000_000L;
    private static final long MAX_BATCH_BYTES = 64L << 20;

    LoadPlan {
        stages = List.copyOf(stages);
        thresholds = List.copyOf(thresholds);
        WrongValue.unless(connections >= 1 && connections <= 10_000_000, "wrong.connections");
        WrongValue.unless(threads >= 1 && threads <= 1024, "wrong.threads");
        WrongValue.unless(pipeline >= 1 && pipeline <= 65_536, "wrong.pipeline");
        WrongValue.unless(requests >= 0, "wrong.requests");
        WrongValue.unless(durationNanos > 0, "wrong.duration");
        boolean untilDone = requests > 0 && durationNanos == Pacer.NEVER;
        WrongValue.unless(untilDone || durationNanos <= LONGEST_NANOS, "wrong.durationTooLong");
        WrongValue.unless(warmupNanos <= LONGEST_NANOS, "wrong.span", "--warmup");
        WrongValue.unless(thinkNanos >= 0 && thinkNanos <= LONGEST_NANOS, "wrong.span", "--think");
        WrongValue.unless(requestsPerConnection >= 0, "wrong.notWhole", requestsPerConnection);
        WrongValue.unless(lifetimeNanos >= 0, "wrong.time", lifetimeNanos + "ns");
        WrongValue.unless(connectRate > 0 && connectRate <= 1e9, "wrong.connectRate");
        WrongValue.unless(isWait(timeoutNanos), "wrong.timeout", "--timeout");
        WrongValue.unless(isWait(connectTimeoutNanos), "wrong.timeout", "--connect-timeout");
        WrongValue.unless(!sequence || udp, "wrong.sequenceOverTcp");
        WrongValue.unless(!sequence || payload.minLength() >= SequenceLane.NUMBER_BYTES, "wrong.sequenceTooSmall");
        WrongValue.unless(!udp || requestsPerConnection == 0 && lifetimeNanos == 0, "wrong.renewOverUdp");
        WrongValue.unless(!udp || payload.maxLength() <= MAX_DATAGRAM, "wrong.datagramTooLong");
        WrongValue.unless((long) payload.maxLength() * pipeline <= MAX_BATCH_BYTES, "wrong.batchTooLong");
        InetAddress stranger = sources.strangerTo(target.getAddress());
        WrongValue.unless(stranger == null, "wrong.sourceFamily", text(stranger), text(target.getAddress()));
        WrongValue.unless(stages.isEmpty() || thinkNanos == 0, "wrong.thinkInOpenModel");
        WrongValue.unless(stages.isEmpty() || stages.stream().anyMatch(s -> s.perSecond() > 0), "wrong.noRate");
    }

    private static String text(InetAddress address) {
        return address == null ? "" : Addresses.format(address);
    }

    private static boolean isWait(long nanos) {
        return nanos >= 1_000_000 && nanos <= 3_600_000_000_000L;
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

    /** A loop without a connection would have nothing to do: its {@link Share} is of the connections. */
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
