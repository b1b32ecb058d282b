package io.oneloop.client.load;

import io.oneloop.UdpHandler;
import io.oneloop.UdpSocket;
import io.oneloop.client.load.Tally.Figure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A UDP lane against an echo server: the first eight bytes of each datagram are its number, so that every reply is known
 * for what it is: in time, late, a duplicate, out of order.
 */
final class SequenceLane implements Lane, UdpHandler {

    static final int NUMBER_BYTES = 8;

    /** How far back a reply is recognised. */
    private static final int REMEMBERED = 1024;

    private static final byte IN_FLIGHT = 1;
    private static final byte ANSWERED = 2;
    private static final byte LOST = 3;

    private final Worker worker;
    private final Ledger ledger;
    private final LoadPlan plan;
    private final InetSocketAddress source;
    private final int slots;
    private final byte[] state;
    private final long[] due;
    private final long[] sent;
    private final long[] request;
    private final ByteBuffer echo;
    private final Jitter jitter = new Jitter();
    private UdpSocket socket;
    private long next;
    private long oldest;
    private long highest = -1;
    private int inFlight;
    private boolean queued;

    SequenceLane(Worker worker, InetSocketAddress source) {
        this.worker = worker;
        this.source = source;
        plan = worker.plan();
        ledger = worker.ledger();
        slots = Integer.highestOneBit(Math.max(REMEMBERED, plan.pipeline() * 2 - 1)) << 1;
        state = new byte[slots];
        due = new long[slots];
        sent = new long[slots];
        request = new long[slots];
        echo = ByteBuffer.allocateDirect(plan.payload().maxLength() + NUMBER_BYTES);
    }

    Jitter jitter() {
        return jitter;
    }

    @Override
    public void open() {
        long now = System.nanoTime();
        ledger.tally().add(Figure.SETTLED, 1);
        try {
            socket = worker.loop().connectUdp(source, plan.target(), worker.udpOptions(), this);
        } catch (IOException e) {
            ledger.failed(Failures.ofConnect(e), 1, now, e.getMessage());
            return;
        }
        ledger.connected(now, System.nanoTime());
        worker.model().roomFreed(this, room(), now);
    }

    @Override
    public int room() {
        return socket == null ? 0 : plan.pipeline() - inFlight;
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public void send(int count, long dueAt, long now) {
        for (int i = 0; i < count; i++) {
            long number = worker.payload().nextNumber();
            ByteBuffer datagram = worker.payload().next(1);
            datagram.putLong(0, next);
            if (!socket.send(datagram)) {
                ledger.failed(ErrorKind.SEND_REFUSED, 1, now, null);
                return;
            }
            int slot = (int) (next++ & slots - 1);
            state[slot] = IN_FLIGHT;
            due[slot] = dueAt;
            sent[slot] = now;
            request[slot] = number;
            inFlight++;
            ledger.sent(dueAt, 1, datagram.remaining());
        }
    }

    @Override
    public void onDatagram(UdpSocket from, InetSocketAddress sender, ByteBuffer data) {
        long now = System.nanoTime();
        ledger.received(data.remaining());
        long number = data.remaining() < NUMBER_BYTES ? -1 : data.getLong(data.position());
        if (number < 0 || number >= next || next - number > slots) {
            ledger.failed(ErrorKind.REPLY_UNEXPECTED, 1, now, "a datagram without a number of ours");
            return;
        }
        int slot = (int) (number & slots - 1);
        if (state[slot] == ANSWERED) {
            ledger.tally().add(Figure.DUPLICATE, 1);
            return;
        }
        if (number < highest) {
            ledger.tally().add(Figure.REORDERED, 1);
        }
        highest = Math.max(highest, number);
        boolean late = state[slot] == LOST;
        state[slot] = ANSWERED;
        if (late) {
            ledger.tally().add(Figure.LATE, 1);
            return;
        }
        inFlight--;
        settle(slot, data, now);
        worker.model().roomFreed(this, 1, now);
    }

    private void settle(int slot, ByteBuffer data, long now) {
        if (isEchoOf(request[slot], data)) {
            ledger.succeeded(due[slot], sent[slot], now);
            jitter.add(now - sent[slot]);
        } else {
            ledger.wrongEcho(due[slot], now);
        }
    }

    private boolean isEchoOf(long number, ByteBuffer data) {
        echo.clear();
        worker.payload().render(number, echo);
        echo.flip().position(NUMBER_BYTES);
        data.position(data.position() + NUMBER_BYTES);
        return data.mismatch(echo) < 0;
    }

    @Override
    public void onError(UdpSocket failed, IOException error) {
        boolean unreachable = Failures.isUnreachable(error);
        ledger.tally().add(Figure.UNREACHABLE, unreachable ? 1 : 0);
        // Which datagram it was about is not said, so none is settled: its reply may still come, or it is lost.
        ledger.failed(
                unreachable ? ErrorKind.READ_UNREACHABLE : ErrorKind.READ_RESET,
                1,
                System.nanoTime(),
                error.getMessage());
    }

    @Override
    public void sweep(long now) {
        int freed = lose(now, plan.timeoutNanos());
        if (freed > 0 || inFlight == 0) {
            worker.model().roomFreed(this, room(), now);
        }
    }

    private int lose(long now, long timeoutNanos) {
        int lost = 0;
        for (; oldest < next; oldest++) {
            int slot = (int) (oldest & slots - 1);
            if (state[slot] == IN_FLIGHT) {
                if (now - sent[slot] < timeoutNanos) {
                    break;
                }
                state[slot] = LOST;
                inFlight--;
                lost++;
                ledger.tally().add(Figure.LOST, ledger.isMeasured(due[slot]) ? 1 : 0);
                ledger.lostRequest(ErrorKind.READ_TIMEOUT, due[slot], now);
            }
        }
        return lost;
    }

    @Override
    public void giveUp(long now) {
        lose(now, 0);
        if (socket != null) {
            socket.close();
            socket = null;
            ledger.disconnected();
        }
    }

    @Override
    public boolean isQueued() {
        return queued;
    }

    @Override
    public void setQueued(boolean queued) {
        this.queued = queued;
    }
}
