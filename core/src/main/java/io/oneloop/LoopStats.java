package io.oneloop;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a loop has counted since it started. Safe from any thread: the loop's thread alone writes, and a reader sees
 * each counter as of a moment ago, not all of them as of one moment.
 */
public final class LoopStats {

    /** What is counted. */
    public enum Counter {
        /** Returns from select. */
        SELECTS,
        /** TCP connections accepted and given to a handler. */
        ACCEPTED,
        /** Failed accepts. */
        ACCEPT_ERRORS,
        /** TCP connections made by {@link EventLoop#connectTcp}. */
        CONNECTED,
        /** TCP connects that failed or timed out. */
        CONNECT_ERRORS,
        /** Reads that returned data. */
        READS,
        /** Bytes read from TCP connections. */
        BYTES_READ,
        /** Writes that the kernel took at least in part. */
        WRITES,
        /** Bytes written to TCP connections. */
        BYTES_WRITTEN,
        /** Bytes given to {@code send}: written, pending, or discarded. */
        BYTES_SENT,
        /** Bytes that were pending for connections when these ended. */
        BYTES_DISCARDED,
        /** Times that a connection was not read because of what was pending for it. */
        READ_PAUSES,
        /** Datagrams received, whatever becomes of them. */
        DATAGRAMS_RECEIVED,
        /** Bytes in these. */
        DATAGRAM_BYTES_RECEIVED,
        /** Datagrams sent. */
        DATAGRAMS_SENT,
        /** Bytes in sent datagrams. */
        DATAGRAM_BYTES_SENT,
        /** Handlers, tasks and timers that threw. */
        CALLBACK_ERRORS
    }

    private static final CloseReason[] CLOSE_REASONS = CloseReason.values();
    private static final RefuseReason[] REFUSE_REASONS = RefuseReason.values();
    private static final DropReason[] DROP_REASONS = DropReason.values();

    private final AtomicLongArray counters = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray closed = new AtomicLongArray(CLOSE_REASONS.length);
    private final AtomicLongArray discarded = new AtomicLongArray(CLOSE_REASONS.length);
    private final AtomicLongArray refused = new AtomicLongArray(REFUSE_REASONS.length);
    private final AtomicLongArray dropped = new AtomicLongArray(DROP_REASONS.length);

    LoopStats() {}

    /** {@return the value of a counter} Safe from any thread. */
    public long get(Counter counter) {
        return counters.get(counter.ordinal());
    }

    /** {@return the connections that ended for this reason} Safe from any thread. */
    public long closed(CloseReason reason) {
        return closed.get(reason.ordinal());
    }

    /** {@return the connections that ended} Safe from any thread. */
    public long closed() {
        return sum(closed);
    }

    /** {@return the TCP connections that were closed at once for this reason} Safe from any thread. */
    public long refused(RefuseReason reason) {
        return refused.get(reason.ordinal());
    }

    /** {@return the TCP connections that were closed at once} Safe from any thread. */
    public long refused() {
        return sum(refused);
    }

    /** {@return the TCP connections that are open} Safe from any thread. */
    public long open() {
        // Ended ones first: the other way round, one that opens and ends in between would be counted as ended only.
        long ended = closed();
        return get(Counter.ACCEPTED) + get(Counter.CONNECTED) - ended;
    }

    /** {@return the datagrams that were not sent or not delivered for this reason} Safe from any thread. */
    public long dropped(DropReason reason) {
        return dropped.get(reason.ordinal());
    }

    /** {@return the datagrams that were not sent or not delivered} Safe from any thread. */
    public long dropped() {
        return sum(dropped);
    }

    /** {@return the {@link Counter#BYTES_DISCARDED} of connections that ended for this reason} Safe from any thread. */
    public long discarded(CloseReason reason) {
        return discarded.get(reason.ordinal());
    }

    void add(Counter counter, long n) {
        add(counters, counter.ordinal(), n);
    }

    void count(Counter counter) {
        add(counters, counter.ordinal(), 1);
    }

    void countClosed(CloseReason reason) {
        add(closed, reason.ordinal(), 1);
    }

    void addDiscarded(CloseReason reason, long bytes) {
        add(Counter.BYTES_DISCARDED, bytes);
        add(discarded, reason.ordinal(), bytes);
    }

    void countRefused(RefuseReason reason) {
        add(refused, reason.ordinal(), 1);
    }

    void countDropped(DropReason reason) {
        add(dropped, reason.ordinal(), 1);
    }

    /** With one writer, no locked instruction is needed: a plain read and an ordered write. */
    private static void add(AtomicLongArray array, int index, long n) {
        array.setRelease(index, array.getPlain(index) + n);
    }

    private static long sum(AtomicLongArray array) {
        long sum = 0;
        for (int i = 0; i < array.length(); i++) {
            sum += array.get(i);
        }
        return sum;
    }
}
