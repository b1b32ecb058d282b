package io.oneloop.client.load;

import io.oneloop.UdpHandler;
import io.oneloop.UdpSocket;
import io.oneloop.client.load.ReplyChecker.Outcome;
import io.oneloop.client.load.Tally.Figure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A UDP lane whose replies carry no number. With one datagram in flight the next reply answers it, unless that was given
 * up as lost: the lane is then silent for as long again, and what comes meanwhile is late and answers nothing else.
 */
final class UdpLane implements Lane, UdpHandler {

    private static final long RETRY_NANOS = 100_000_000;

    private final Worker worker;
    private final Ledger ledger;
    private final LoadPlan plan;
    private final InetSocketAddress source;
    private final Window window;
    private final ReplyChecker checker;
    private UdpSocket socket;
    private long openStarted;
    private boolean silent;
    private long silentUntil;
    /** When the request was due that a reply in the silence is to. */
    private long silencedDue;

    private int queued;

    UdpLane(Worker worker, InetSocketAddress source) {
        this.worker = worker;
        this.source = source;
        plan = worker.plan();
        ledger = worker.ledger();
        window = new Window(plan.pipeline());
        checker = worker.newChecker();
    }

    @Override
    public void open() {
        openStarted = System.nanoTime();
        try {
            socket = worker.loop().connectUdp(source, plan.target(), worker.udpOptions(), this);
        } catch (IOException e) {
            ledger.failed(Failures.ofConnect(e), 1, openStarted, Failures.connectInWords("udp", plan.target(), e));
            ledger.tally().add(Figure.SETTLED, 1);
            return;
        }
        ledger.connected(openStarted, System.nanoTime());
        ledger.tally().add(Figure.SETTLED, 1);
        worker.model().roomFreed(this, room(), System.nanoTime());
    }

    @Override
    public int room() {
        return socket == null || silent ? 0 : window.room();
    }

    @Override
    public int inFlight() {
        return window.size();
    }

    @Override
    public void send(int count, long due, long now) {
        for (int i = 0; i < count; i++) {
            ByteBuffer request = worker.payload().next(1);
            if (socket.send(request)) {
                ledger.sent(due, 1, request.remaining());
                window.add(due, now);
            } else {
                ledger.refused(due, now);
                beSilent(due, now, RETRY_NANOS);
            }
        }
    }

    @Override
    public void onDatagram(UdpSocket from, InetSocketAddress sender, ByteBuffer data) {
        long now = System.nanoTime();
        ledger.received(data.remaining());
        if (window.size() == 0) {
            if (silent) {
                ledger.countIf(Figure.LATE, ledger.isMeasured(silencedDue));
            } else {
                ledger.failed(ErrorKind.REPLY_UNEXPECTED, 1, now, null);
            }
            return;
        }
        long due = window.oldestDue();
        long sent = window.oldestSent();
        if (now - sent > plan.timeoutNanos()) {
            lose(ErrorKind.READ_TIMEOUT, now);
            ledger.countIf(Figure.LATE, ledger.isMeasured(due));
        } else {
            window.removeOldest();
            if (isRight(data)) {
                ledger.succeeded(due, sent, now);
            } else {
                ledger.answeredWrong(due, now, checker);
            }
        }
        worker.model().roomFreed(this, 1, now);
    }

    private boolean isRight(ByteBuffer data) {
        int length = data.remaining();
        checker.reset();
        boolean right = checker.next(data) == Outcome.RIGHT && !data.hasRemaining();
        if (!right && length != plan.expectation().length()) {
            checker.wrongLength(length);
        }
        return right;
    }

    @Override
    public void onError(UdpSocket failed, IOException error) {
        long now = System.nanoTime();
        if (!Failures.isUnreachable(error)) {
            ledger.failed(ErrorKind.READ_RESET, 1, now, Sentence.of("example.system", Failures.inWords(error)));
            return;
        }
        long due = window.size() > 0 ? window.oldestDue() : now;
        ledger.countIf(Figure.UNREACHABLE, ledger.isMeasured(due));
        if (window.size() > 0) {
            ledger.lostRequest(ErrorKind.READ_UNREACHABLE, due, now);
            window.removeOldest();
        } else {
            ledger.failed(ErrorKind.READ_UNREACHABLE, 1, now, null);
        }
        beSilent(due, now, RETRY_NANOS);
    }

    private void beSilent(long due, long now, long nanos) {
        silent = true;
        silencedDue = due;
        silentUntil = now + nanos;
    }

    @Override
    public void sweep(long now) {
        if (silent && now - silentUntil >= 0) {
            silent = false;
            // Not at the sweep's time, which began before the lanes that were swept first sent again.
            worker.model().roomFreed(this, room(), System.nanoTime());
        }
        while (window.size() > 0 && now - window.oldestSent() > plan.timeoutNanos()) {
            beSilent(window.oldestDue(), now, plan.timeoutNanos());
            lose(ErrorKind.READ_TIMEOUT, now);
        }
    }

    private void lose(ErrorKind kind, long now) {
        ledger.lostDatagram(kind, window.oldestDue(), now);
        window.removeOldest();
    }

    @Override
    public void giveUp(long now) {
        while (window.size() > 0) {
            lose(worker.unanswered(), now);
        }
        if (socket != null) {
            socket.close();
            socket = null;
            ledger.disconnected();
        }
    }

    @Override
    public int queued() {
        return queued;
    }

    @Override
    public void setQueued(int entries) {
        queued = entries;
    }
}
