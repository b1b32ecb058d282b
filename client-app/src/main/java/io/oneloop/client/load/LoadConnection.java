package io.oneloop.client.load;

import io.oneloop.CloseReason;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import io.oneloop.client.load.ReplyChecker.Outcome;
import io.oneloop.client.load.Tally.Figure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A TCP lane: one connection at a time, and the next when that is lost or used up. */
final class LoadConnection implements Lane, TcpHandler {

    private static final long RETRY_NANOS = 100_000_000;

    private final Worker worker;
    private final Ledger ledger;
    private final LoadPlan plan;
    private final InetSocketAddress source;
    private final Window window;
    private final ReplyChecker checker;

    private TcpConnection connection;
    private boolean connecting;
    private boolean settled;
    private long connectStarted;
    private long openedAt;
    private long sentHere;
    private boolean answeredHere;
    private boolean usedUp;
    /** The oldest so many of the window have timed out, and are kept only to recognise their replies. */
    private int expired;

    private int queued;

    LoadConnection(Worker worker, InetSocketAddress source) {
        this.worker = worker;
        this.source = source;
        plan = worker.plan();
        ledger = worker.ledger();
        window = new Window(plan.pipeline());
        checker = worker.newChecker();
    }

    // ---- connecting ----------------------------------------------------------------------------------------------

    @Override
    public void open() {
        if (connecting || connection != null || worker.hasEnded()) {
            return;
        }
        connecting = true;
        connectStarted = System.nanoTime();
        worker.loop().connectTcp(source, plan.target(), worker.tcpOptions(), this, this::connectFailed);
    }

    private void connectFailed(IOException failure) {
        connecting = false;
        if (!worker.hasEnded()) {
            Sentence example = Failures.connectInWords("tcp", plan.target(), failure);
            ledger.failed(Failures.ofConnect(failure), 1, System.nanoTime(), example);
            reopen(RETRY_NANOS);
        }
        // Last: whoever sees that all have been decided looks at what came of it.
        settle();
    }

    @Override
    public void onOpen(TcpConnection opened) {
        connecting = false;
        long now = System.nanoTime();
        if (worker.hasEnded()) {
            opened.abort();
            return;
        }
        connection = opened;
        openedAt = now;
        sentHere = 0;
        answeredHere = false;
        usedUp = false;
        expired = 0;
        window.clear();
        checker.reset();
        ledger.connected(connectStarted, now);
        settle();
        worker.model().roomFreed(this, room(), now);
    }

    private void settle() {
        if (!settled) {
            settled = true;
            ledger.tally().add(Figure.SETTLED, 1);
        }
    }

    private void reopen(long delayNanos) {
        if (plan.onError() == OnError.RECONNECT) {
            worker.openLater(this, delayNanos);
        }
    }

    // ---- sending -------------------------------------------------------------------------------------------------

    @Override
    public int room() {
        // A connection that has ended within this turn takes nothing, though it is told at the end of the turn.
        if (connection == null || usedUp || !connection.isOpen()) {
            return 0;
        }
        int room = window.room();
        return plan.requestsPerConnection() == 0 ? room : (int) Math.min(room, plan.requestsPerConnection() - sentHere);
    }

    @Override
    public int inFlight() {
        return window.size() - expired;
    }

    @Override
    public void send(int count, long due, long now) {
        for (int i = 0; i < count; i++) {
            window.add(due, now);
        }
        sentHere += count;
        ByteBuffer requests = worker.payload().next(count);
        ledger.sent(due, count, requests.remaining());
        connection.send(requests);
    }

    // ---- receiving -----------------------------------------------------------------------------------------------

    @Override
    public void onData(TcpConnection from, ByteBuffer data) {
        if (from != connection) {
            return;
        }
        long now = System.nanoTime();
        ledger.received(data.remaining());
        int freed = 0;
        while (data.hasRemaining()) {
            Outcome outcome = checker.next(data);
            if (outcome == Outcome.INCOMPLETE) {
                break;
            }
            if (window.size() == 0) {
                ledger.failed(ErrorKind.REPLY_UNEXPECTED, 1, now, null);
            } else {
                account(outcome, now);
                freed++;
            }
            // Those of a reply that is no request's, or came too late, spoil no other.
            checker.takeWrongBytes();
        }
        if (freed > 0) {
            answeredHere = true;
            endLife(now);
            if (mustRenew()) {
                renew();
            } else {
                worker.model().roomFreed(this, freed, now);
            }
        }
    }

    private void account(Outcome outcome, long now) {
        long due = window.oldestDue();
        long sent = window.oldestSent();
        window.removeOldest();
        if (expired > 0) {
            expired--;
        } else if (now - sent > plan.timeoutNanos()) {
            // The connection has nothing to be replaced for: its reply is there, only not in time.
            ledger.lostRequest(ErrorKind.READ_TIMEOUT, due, now);
        } else if (outcome == Outcome.RIGHT) {
            ledger.succeeded(due, sent, now);
        } else {
            ledger.answeredWrong(due, now, checker);
        }
    }

    // ---- renewing and losing -------------------------------------------------------------------------------------

    private boolean mustRenew() {
        long limit = plan.requestsPerConnection();
        return window.size() == 0 && (usedUp || limit > 0 && sentHere >= limit);
    }

    private void endLife(long now) {
        usedUp |= plan.lifetimeNanos() > 0 && now - openedAt >= plan.lifetimeNanos();
    }

    /** Ends the connection in good order, and opens the next. */
    private void renew() {
        TcpConnection old = connection;
        connection = null;
        ledger.disconnected();
        old.close();
        open();
    }

    @Override
    public void onClose(TcpConnection closed, CloseReason reason) {
        if (closed != connection) {
            return;
        }
        connection = null;
        ledger.disconnected();
        if (worker.hasEnded()) {
            return;
        }
        ErrorKind kind = Failures.ofEnd(reason, closed.closeCause());
        long now = System.nanoTime();
        if (inFlight() == 0) {
            ledger.failed(kind, 1, now, null);
        }
        loseInFlight(kind, now);
        // Without a reply first, the server most likely turns every connection away: do not connect in a frenzy.
        reopen(answeredHere ? 0 : RETRY_NANOS);
    }

    private void loseInFlight(ErrorKind kind, long now) {
        if (inFlight() > 0 && checker.partialBytes() > 0 && kind != ErrorKind.READ_INTERRUPTED) {
            ledger.cameInPart(checker.partialBytes());
        }
        for (int i = expired; i < window.size(); i++) {
            ledger.lostRequest(kind, window.dueAt(i), now);
        }
        window.clear();
        expired = 0;
    }

    @Override
    public void sweep(long now) {
        if (connection == null) {
            return;
        }
        endLife(now);
        if (usedUp && mustRenew()) {
            renew();
            return;
        }
        if (inFlight() == 0 || now - window.sentAt(expired) <= plan.timeoutNanos()) {
            return;
        }
        if (plan.onError() == OnError.RECONNECT) {
            TcpConnection old = connection;
            connection = null;
            ledger.disconnected();
            old.abort();
            loseInFlight(ErrorKind.READ_TIMEOUT, now);
            reopen(0);
        } else {
            if (expired == 0 && checker.partialBytes() > 0) {
                ledger.cameInPart(checker.partialBytes());
            }
            while (inFlight() > 0 && now - window.sentAt(expired) > plan.timeoutNanos()) {
                ledger.lostRequest(ErrorKind.READ_TIMEOUT, window.dueAt(expired), now);
                expired++;
            }
        }
    }

    @Override
    public void giveUp(long now) {
        loseInFlight(worker.unanswered(), now);
        if (connection != null) {
            TcpConnection old = connection;
            connection = null;
            ledger.disconnected();
            old.close();
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
