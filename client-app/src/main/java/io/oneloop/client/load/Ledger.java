package io.oneloop.client.load;

import io.oneloop.client.load.Recorders.Kind;
import io.oneloop.client.load.Tally.Figure;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The books of one loop: every measured request is entered once when it is sent, and once when it is known what came of
 * it. Times, counts and errors together, so that they cannot disagree.
 */
final class Ledger {

    private final Recorders recorders = new Recorders();
    private final ErrorLog errors = new ErrorLog();
    private final Tally tally = new Tally();
    private final Pulse pulse = new Pulse(System.nanoTime());
    private final boolean timed;
    private final boolean scheduled;
    private final Runnable onError;
    private final AtomicLong lastSettled = new AtomicLong(System.nanoTime());
    private long measureStart = System.nanoTime() + Recorders.LONGEST_NANOS;
    private long measureEnd = measureStart;

    /**
     * @param timed whether a reply is known to be that of its request, so that there is a time to take down
     * @param scheduled whether requests have a time at which they are due, apart from the time they are sent
     * @param onError is told of every error
     */
    Ledger(boolean timed, boolean scheduled, Runnable onError) {
        this.timed = timed;
        this.scheduled = scheduled;
        this.onError = onError;
    }

    Recorders recorders() {
        return recorders;
    }

    ErrorLog errors() {
        return errors;
    }

    Tally tally() {
        return tally;
    }

    Pulse pulse() {
        return pulse;
    }

    /** {@return when it was last known what came of a request, as nanoTime} */
    long lastSettled() {
        return lastSettled.getAcquire();
    }

    void measure(long from, long until) {
        measureStart = from;
        measureEnd = until;
    }

    /** The measurement ends sooner than was planned. */
    void measureUntil(long nanoTime) {
        measureEnd = nanoTime;
    }

    /** A request belongs to the measurement if it was due in it, whenever its reply came. */
    boolean isMeasured(long due) {
        return due - measureStart >= 0;
    }

    /** The loop turned to a request of the schedule. */
    void turnedTo(long due, long now) {
        if (isMeasured(due)) {
            tally.add(Figure.DUE, 1);
            recorders.record(Kind.LATENESS, now - due);
        }
    }

    /** So many measured requests came due, and the loop never turned to them. */
    void neverReached(long count) {
        tally.add(Figure.DUE, count);
    }

    void sent(long due, int count, int bytes) {
        if (isMeasured(due)) {
            tally.add(Figure.SENT, count);
        }
        tally.add(Figure.BYTES_SENT, bytes);
        tally.add(Figure.IN_FLIGHT, count);
    }

    void received(int bytes) {
        tally.add(Figure.BYTES_RECEIVED, bytes);
    }

    void succeeded(long due, long sent, long now) {
        replied();
        lastSettled.setRelease(now);
        pulse.beat(now);
        boolean afterEnd = now - measureEnd >= 0;
        if (!isMeasured(due)) {
            countIf(Figure.SUCCEEDED_FROM_WARMUP, !afterEnd && now - measureStart >= 0);
        } else {
            tally.add(Figure.SUCCEEDED, 1);
            countIf(Figure.SUCCEEDED_IN_DRAIN, afterEnd);
            if (timed) {
                recorders.record(Kind.SERVICE, now - sent);
            }
            if (timed && scheduled) {
                recorders.record(Kind.RESPONSE, now - due);
            }
        }
    }

    void answeredWrong(long due, long now, ReplyChecker checker) {
        replied();
        long wrongBytes = checker.takeWrongBytes();
        tally.add(Figure.WRONG_BYTES, isMeasured(due) ? wrongBytes : 0);
        request(ErrorKind.REPLY_WRONG_BYTES, due, now);
        errors.example(ErrorKind.REPLY_WRONG_BYTES, checker.firstWrong());
    }

    /** Only so many bytes of a reply had come when it was given up. */
    void cameInPart(int bytes) {
        tally.add(Figure.PARTIAL_REPLIES, 1);
        tally.add(Figure.PARTIAL_BYTES, bytes);
    }

    /** An echo came back changed. */
    void wrongEcho(long due, long now) {
        replied();
        request(ErrorKind.REPLY_WRONG_BYTES, due, now);
    }

    private void replied() {
        tally.add(Figure.REPLIES, 1);
        tally.add(Figure.IN_FLIGHT, -1);
    }

    /** The kernel took no datagram: the request fails where it would have been sent. */
    void refused(long due, long now) {
        countIf(Figure.SENT, isMeasured(due));
        request(ErrorKind.SEND_REFUSED, due, now);
    }

    /** No reply to a datagram came in time, or nobody waited for it: then it is not known to be lost. */
    void lostDatagram(ErrorKind kind, long due, long now) {
        countIf(Figure.LOST, kind == ErrorKind.READ_TIMEOUT && isMeasured(due));
        lostRequest(kind, due, now);
    }

    void countIf(Figure figure, boolean condition) {
        if (condition) {
            tally.add(figure, 1);
        }
    }

    /** A request that was sent will not be answered. */
    void lostRequest(ErrorKind kind, long due, long now) {
        tally.add(Figure.IN_FLIGHT, -1);
        request(kind, due, now);
    }

    private void request(ErrorKind kind, long due, long now) {
        lastSettled.setRelease(now);
        // Of what nobody waited for, no threshold is to say that it failed.
        boolean isError = isMeasured(due) && kind != ErrorKind.READ_INTERRUPTED;
        errors.record(kind, 1, isError, isMeasured(due) ? 1 : 0, now);
        onError.run();
    }

    /** Measured requests were due that no lane could take. */
    void notSent(long count, long now) {
        errors.record(ErrorKind.SEND_NOT_SENT, count, true, 0, now);
    }

    /**
     * Something went wrong that cost no request. After the end it is not measured: nobody asks any more, and a server may
     * well close what is idle.
     */
    void failed(ErrorKind kind, long count, long now, Sentence example) {
        errors.record(kind, count, isMeasured(now) && now - measureEnd < 0, 0, now);
        if (example != null) {
            errors.example(kind, example);
        }
        onError.run();
    }

    void connected(long startedAt, long now) {
        tally.add(Figure.CONNECTED, 1);
        tally.add(Figure.OPEN, 1);
        recorders.record(Kind.CONNECT, now - startedAt);
    }

    void disconnected() {
        tally.add(Figure.OPEN, -1);
    }
}
