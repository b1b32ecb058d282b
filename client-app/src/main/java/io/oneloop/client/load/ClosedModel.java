package io.oneloop.client.load;

/** Each lane sends its next request when a reply is there, at once or after a think time. */
final class ClosedModel implements LoadModel {

    private final Ledger ledger;
    private final Metronome metronome;
    private final long thinkNanos;
    private final Lane[] thinking;
    private final long[] thinkUntil;
    private int head;
    private int size;
    private long budget;
    private long sendUntil;
    private boolean begun;

    /**
     * @param budget the most measured requests
     * @param lanes all of the loop, which begin together
     */
    ClosedModel(Ledger ledger, Metronome metronome, long thinkNanos, long budget, int capacity) {
        this.ledger = ledger;
        this.metronome = metronome;
        this.thinkNanos = thinkNanos;
        this.budget = budget;
        thinking = new Lane[thinkNanos > 0 ? capacity : 0];
        thinkUntil = new long[thinking.length];
    }

    @Override
    public void begin(long start, long measureStart, long sendUntil) {
        this.sendUntil = sendUntil;
        begun = true;
    }

    /** There was no reply yet to think about. */
    @Override
    public void first(Lane lane, int count, long now) {
        send(lane, count, now);
    }

    @Override
    public void roomFreed(Lane lane, int count, long now) {
        if (!begun) {
            return;
        }
        if (thinkNanos == 0) {
            send(lane, count, now);
            return;
        }
        // A connection that was replaced while it thought has its entries still: no more than it has room for.
        for (int i = Math.min(count, lane.room() - lane.queued()); i > 0; i--) {
            int slot = (head + size++) % thinking.length;
            thinking[slot] = lane;
            thinkUntil[slot] = now + thinkNanos;
            lane.setQueued(lane.queued() + 1);
        }
        armMetronome();
    }

    private void send(Lane lane, int count, long now) {
        int n = Math.min(count, lane.room());
        if (now - sendUntil >= 0) {
            return;
        }
        if (ledger.isMeasured(now)) {
            n = (int) Math.min(n, budget);
            budget -= n;
        }
        if (n > 0) {
            lane.send(n, now, now);
        }
    }

    /** The think time is the same for all, so who began first is done first. */
    @Override
    public void beat() {
        long now;
        while (size > 0 && thinkUntil[head] - (now = System.nanoTime()) <= 0) {
            Lane lane = thinking[head];
            head = (head + 1) % thinking.length;
            size--;
            lane.setQueued(lane.queued() - 1);
            send(lane, 1, now);
        }
        armMetronome();
    }

    private void armMetronome() {
        if (size > 0) {
            metronome.wakeAt(thinkUntil[head]);
        }
    }

    @Override
    public void endAt(long nanoTime) {
        sendUntil = nanoTime;
    }

    @Override
    public boolean isDone(long now) {
        return begun && (budget == 0 || now - sendUntil >= 0);
    }

    @Override
    public long giveUp() {
        size = 0;
        return 0;
    }
}
