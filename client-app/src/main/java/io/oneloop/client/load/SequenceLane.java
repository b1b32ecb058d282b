package io.oneloop.client.load;

import io.oneloop.UdpHandler;
import io.oneloop.UdpSocket;
import io.oneloop.client.load.Tally.Figure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A UDP lane against an echo server: the first eight bytes of each datagram are its number, so that every reply is known
 * for what it is: in time, late, a duplicate, out of order.
 *
 * <p>The number is made of a count and of the place in the table of requests in flight, so that however long one of them
 * stays in flight and however many are sent meanwhile, its reply finds it.
 */
final class SequenceLane implements Lane, UdpHandler {

    static final int NUMBER_BYTES = 8;

    /** Places in the table take 16 bits: {@code --pipeline} is at most 65,536. */
    private static final int PLACE_BITS = 16;

    /** The fewest lost datagrams that are remembered, for their late replies. */
    private static final int REMEMBERED = 64;

    private static final long FREE = -1;

    private final Worker worker;
    private final Ledger ledger;
    private final LoadPlan plan;
    private final InetSocketAddress source;
    /** The requests in flight, each in a place of its own. */
    private final long[] number;

    private final long[] due;
    private final long[] sent;
    private final long[] request;
    /** The first {@code free} of these are the places that are free. */
    private final int[] freePlaces;

    private int free;
    private final LostNumbers lost;
    private final Jitter jitter = new Jitter();
    private UdpSocket socket;
    private long next;
    private long firstMeasured = Long.MAX_VALUE;
    private long highest = -1;
    private int queued;

    SequenceLane(Worker worker, InetSocketAddress source) {
        this.worker = worker;
        this.source = source;
        plan = worker.plan();
        ledger = worker.ledger();
        number = new long[plan.pipeline()];
        due = new long[plan.pipeline()];
        sent = new long[plan.pipeline()];
        request = new long[plan.pipeline()];
        freePlaces = new int[plan.pipeline()];
        Arrays.fill(number, FREE);
        for (int place = 0; place < freePlaces.length; place++) {
            freePlaces[free++] = place;
        }
        lost = new LostNumbers(Math.max(REMEMBERED, 2 * plan.pipeline()));
    }

    Jitter jitter() {
        return jitter;
    }

    @Override
    public void open() {
        long now = System.nanoTime();
        try {
            socket = worker.loop().connectUdp(source, plan.target(), worker.udpOptions(), this);
        } catch (IOException e) {
            ledger.failed(Failures.ofConnect(e), 1, now, Failures.connectInWords("udp", plan.target(), e));
            ledger.tally().add(Figure.SETTLED, 1);
            return;
        }
        ledger.connected(now, System.nanoTime());
        ledger.tally().add(Figure.SETTLED, 1);
        worker.model().roomFreed(this, room(), now);
    }

    @Override
    public int room() {
        return socket == null ? 0 : free;
    }

    @Override
    public int inFlight() {
        return number.length - free;
    }

    @Override
    public void send(int count, long dueAt, long now) {
        for (int i = 0; i < count; i++) {
            long payloadNumber = worker.payload().nextNumber();
            ByteBuffer datagram = worker.payload().next(1);
            int place = freePlaces[free - 1];
            datagram.putLong(0, next << PLACE_BITS | place);
            if (!socket.send(datagram)) {
                ledger.refused(dueAt, now);
                continue;
            }
            free--;
            number[place] = next;
            due[place] = dueAt;
            sent[place] = now;
            request[place] = payloadNumber;
            if (firstMeasured == Long.MAX_VALUE && ledger.isMeasured(dueAt)) {
                firstMeasured = next;
            }
            next++;
            ledger.sent(dueAt, 1, datagram.remaining());
        }
    }

    @Override
    public void onDatagram(UdpSocket from, InetSocketAddress sender, ByteBuffer data) {
        long now = System.nanoTime();
        ledger.received(data.remaining());
        long label = data.remaining() < NUMBER_BYTES ? -1 : data.getLong(data.position());
        long replied = label >> PLACE_BITS;
        int place = (int) (label & (1 << PLACE_BITS) - 1);
        if (replied < 0 || replied >= next || place >= number.length) {
            ledger.failed(ErrorKind.REPLY_UNEXPECTED, 1, now, Sentence.of("example.noNumber"));
            return;
        }
        boolean wasInFlight = number[place] == replied;
        if (wasInFlight && now - sent[place] > plan.timeoutNanos()) {
            lose(place, ErrorKind.READ_TIMEOUT, now);
        }
        boolean inTime = number[place] == replied;
        boolean late = !inTime && lost.remove(replied);
        if (inTime || late) {
            ledger.countIf(Figure.REORDERED, replied < highest && replied >= firstMeasured);
            ledger.countIf(Figure.LATE, late && replied >= firstMeasured);
            highest = Math.max(highest, replied);
        } else {
            again(replied, now);
        }
        if (inTime) {
            settle(place, data, now);
        }
        if (wasInFlight) {
            worker.model().roomFreed(this, 1, now);
        }
    }

    /** A reply to what is neither in flight nor known to be lost. */
    private void again(long replied, long now) {
        if (lost.isForgotten(replied)) {
            ledger.failed(ErrorKind.REPLY_UNEXPECTED, 1, now, Sentence.of("example.forgotten"));
        } else {
            ledger.countIf(Figure.DUPLICATE, replied >= firstMeasured);
        }
    }

    private void settle(int place, ByteBuffer data, long now) {
        release(place);
        data.position(data.position() + NUMBER_BYTES);
        if (data.equals(worker.payload().again(request[place]).position(NUMBER_BYTES))) {
            ledger.succeeded(due[place], sent[place], now);
            if (ledger.isMeasured(due[place])) {
                jitter.add(now - sent[place]);
            }
        } else {
            ledger.wrongEcho(due[place], now);
        }
    }

    private void release(int place) {
        number[place] = FREE;
        freePlaces[free++] = place;
    }

    private void lose(int place, ErrorKind kind, long now) {
        lost.add(number[place]);
        release(place);
        ledger.lostDatagram(kind, due[place], now);
    }

    @Override
    public void onError(UdpSocket failed, IOException error) {
        long now = System.nanoTime();
        boolean unreachable = Failures.isUnreachable(error);
        ledger.countIf(Figure.UNREACHABLE, unreachable && ledger.isMeasured(now));
        // Which datagram it was about is not said, so none is settled: its reply may still come, or it is lost.
        ledger.failed(
                unreachable ? ErrorKind.READ_UNREACHABLE : ErrorKind.READ_RESET,
                1,
                now,
                Sentence.of("example.system", Failures.inWords(error)));
    }

    @Override
    public void sweep(long now) {
        loseOlderThan(plan.timeoutNanos(), ErrorKind.READ_TIMEOUT, now);
        // Also what the kernel refused left room.
        if (room() > 0) {
            worker.model().roomFreed(this, room(), System.nanoTime());
        }
    }

    private void loseOlderThan(long nanos, ErrorKind kind, long now) {
        for (int place = 0; place < number.length && inFlight() > 0; place++) {
            if (number[place] != FREE && now - sent[place] > nanos) {
                lose(place, kind, now);
            }
        }
    }

    @Override
    public void giveUp(long now) {
        loseOlderThan(-1, worker.unanswered(), now);
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
