package io.oneloop.client.load;

import io.oneloop.client.load.Tally.Figure;
import java.util.ArrayDeque;

/**
 * Requests are due at times that the schedule sets, whatever the server does. One that finds every lane busy waits for the
 * first that is free, and its response time counts from when it was due.
 *
 * <p>Of the requests of the schedule the loop counts its own: its {@link Share}.
 */
final class OpenModel implements LoadModel {

    /** Replies are to be read between two bursts. */
    private static final int MOST_PER_BEAT = 256;

    private final Pacer pacer;
    private final Ledger ledger;
    private final Metronome metronome;
    private final Share share;
    private final ArrayDeque<Lane> ready;
    private long start;
    private long measureStart;
    private long sendUntil;
    private boolean begun;
    private long next;
    private long waiting;

    OpenModel(Pacer pacer, Ledger ledger, Metronome metronome, Share share) {
        this.pacer = pacer;
        this.ledger = ledger;
        this.metronome = metronome;
        this.share = share;
        ready = new ArrayDeque<>(share.lanes() + 1);
    }

    @Override
    public void begin(long start, long measureStart, long sendUntil) {
        this.start = start;
        this.measureStart = measureStart;
        this.sendUntil = sendUntil;
        begun = true;
        beat();
    }

    @Override
    public void beat() {
        if (!begun) {
            return;
        }
        long now = System.nanoTime();
        for (int i = 0; i < MOST_PER_BEAT && isDue(now); i++) {
            long due = start + dueNanos(next);
            ledger.turnedTo(due, now);
            next++;
            if (waiting > 0 || !sendOnFreeLane(due, now)) {
                waiting++;
                ledger.tally().add(Figure.WAITING, 1);
                if (ledger.isMeasured(due)) {
                    ledger.tally().atLeast(Figure.MOST_WAITING, waiting);
                }
            }
            // Sending takes time: the next one is late by as much.
            now = System.nanoTime();
        }
        armMetronome();
    }

    private boolean isDue(long now) {
        long offset = dueNanos(next);
        return offset <= now - start && offset < sendUntil - start;
    }

    private void armMetronome() {
        long offset = dueNanos(next);
        if (offset != Pacer.NEVER && offset < sendUntil - start) {
            metronome.wakeAt(start + offset);
        }
    }

    private boolean sendOnFreeLane(long due, long now) {
        Lane lane;
        while ((lane = ready.poll()) != null) {
            lane.setQueued(0);
            if (lane.room() > 0) {
                lane.send(1, due, now);
                queue(lane);
                return true;
            }
        }
        return false;
    }

    private void queue(Lane lane) {
        if (lane.room() > 0 && lane.queued() == 0) {
            lane.setQueued(1);
            ready.add(lane);
        }
    }

    @Override
    public void roomFreed(Lane lane, int count, long now) {
        queue(lane);
        while (waiting > 0) {
            long due = start + dueNanos(next - waiting);
            if (!sendOnFreeLane(due, System.nanoTime())) {
                return;
            }
            waiting--;
            ledger.tally().add(Figure.WAITING, -1);
        }
    }

    @Override
    public void endAt(long nanoTime) {
        sendUntil = nanoTime;
    }

    @Override
    public boolean isDone(long now) {
        long offset = dueNanos(next);
        return begun && waiting == 0 && (offset == Pacer.NEVER || offset >= sendUntil - start);
    }

    /** What the loop never reached was due all the same: to leave it out would flatter a client that cannot keep up. */
    @Override
    public long giveUp() {
        if (!begun) {
            return 0;
        }
        begun = false;
        long end = ownBefore(sendUntil);
        ledger.neverReached(measuredBetween(next, end));
        // An early end reaches the loop after its time: what the loop has turned to since then was due like the rest.
        long unsent = measuredBetween(next - waiting, Math.max(next, end));
        ledger.tally().add(Figure.WAITING, -waiting);
        waiting = 0;
        return unsent;
    }

    /** {@return how many measured requests of this loop the schedule has from {@code from} up to {@code end}} */
    private long measuredBetween(long from, long end) {
        return Math.max(0, end - Math.max(from, ownBefore(measureStart)));
    }

    private long ownBefore(long nanoTime) {
        return share.requestsBelow(pacer.firstFrom(nanoTime - start));
    }

    private long dueNanos(long own) {
        return pacer.dueNanos(share.request(own));
    }
}
