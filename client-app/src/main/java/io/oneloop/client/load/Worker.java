package io.oneloop.client.load;

import io.oneloop.EventLoop;
import io.oneloop.LoopObserver;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import io.oneloop.client.load.Recorders.Kind;
import io.oneloop.client.load.Tally.Figure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One event loop of a run with its share of the lanes and of the schedule. */
final class Worker implements AutoCloseable {

    private static final int UDP_RECEIVE_BYTES = 1 << 20;
    private static final long SHORTEST_WRITE_MILLIS = 30_000;

    private final LoadPlan plan;
    private final Share share;
    private final EventLoop loop;
    private final Metronome metronome;
    private final Ledger ledger;
    private final Payload payload;
    private final LoadModel model;
    private final Lane[] lanes;
    private final ByteBuffer expected;
    private final TcpOptions tcpOptions;
    private final UdpOptions udpOptions;
    private final CountDownLatch done = new CountDownLatch(1);
    private int opened;
    private long rampStart;
    private boolean ended;
    private boolean cutShort;
    private volatile long threadId;

    /**
     * @param index its number among the {@code plan.threads()}
     * @param onError is told of every error
     */
    Worker(LoadPlan plan, Pacer pacer, int index, LoopObserver observer, Runnable onError) {
        this.plan = plan;
        share = new Share(plan.connections(), plan.loops(), index);
        lanes = new Lane[share.lanes()];
        loop = EventLoop.start("load-" + index, observer);
        metronome = new Metronome("load-" + index + "-metronome", () -> loop.execute(this::beat));
        ledger = new Ledger(!plan.isAmbiguous(), plan.isOpenModel(), onError);
        payload = new Payload(plan.payload(), plan.udp() ? 1 : plan.pipeline(), share);
        expected = plan.expectation().buffer();
        model = plan.isOpenModel()
                ? new OpenModel(pacer, ledger, metronome, share)
                : new ClosedModel(
                        ledger,
                        metronome,
                        plan.thinkNanos(),
                        plan.requests() == 0 ? Pacer.NEVER : share.requestsBelow(plan.requests()),
                        lanes.length * plan.pipeline());
        tcpOptions = TcpOptions.builder()
                .connectTimeoutMillis(TimeUnit.NANOSECONDS.toMillis(plan.connectTimeoutNanos()))
                // A client that stopped reading while its requests are stuck would stall a server that echoes.
                .readWhenFull(true)
                .maxPendingBytes(
                        Math.max(1 << 20, 2 * plan.pipeline() * plan.payload().maxLength()))
                // How long a server may take is said by --timeout alone.
                .writeTimeoutMillis(
                        Math.max(SHORTEST_WRITE_MILLIS, 2 * TimeUnit.NANOSECONDS.toMillis(plan.timeoutNanos())))
                .closeTimeoutMillis(1_000)
                .build();
        udpOptions = UdpOptions.builder().receiveBufferBytes(UDP_RECEIVE_BYTES).build();
    }

    // ---- for the lanes, on the loop ------------------------------------------------------------------------------

    LoadPlan plan() {
        return plan;
    }

    EventLoop loop() {
        return loop;
    }

    Ledger ledger() {
        return ledger;
    }

    LoadModel model() {
        return model;
    }

    Payload payload() {
        return payload;
    }

    TcpOptions tcpOptions() {
        return tcpOptions;
    }

    UdpOptions udpOptions() {
        return udpOptions;
    }

    ReplyChecker newChecker() {
        return expected == null
                ? ReplyChecker.ofLength(plan.expectation().length())
                : ReplyChecker.of(expected, plan.expectation().length());
    }

    boolean hasEnded() {
        return ended;
    }

    /** {@return what becomes of a request that is unanswered when its lane is given up} */
    ErrorKind unanswered() {
        return cutShort ? ErrorKind.READ_INTERRUPTED : ErrorKind.READ_TIMEOUT;
    }

    void openLater(Lane lane, long delayNanos) {
        if (!ended) {
            loop.after(delayNanos, TimeUnit.NANOSECONDS, lane::open);
        }
    }

    // ---- the phases, from any thread -----------------------------------------------------------------------------

    /** Opens the lanes, each at its own time: a server that is given many at once is measured by how it takes a crowd. */
    void ramp() {
        loop.execute(() -> {
            threadId = Thread.currentThread().getId();
            makeLanes();
            rampStart = System.nanoTime();
            openDue();
        });
    }

    private void makeLanes() {
        try {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = newLane(plan.sources().of(share.connection(i)));
            }
        } catch (OutOfMemoryError e) {
            // Whoever is to say so needs some of it.
            Arrays.fill(lanes, null);
            throw e;
        }
    }

    private Lane newLane(InetSocketAddress source) {
        if (!plan.udp()) {
            return new LoadConnection(this, source);
        }
        return plan.sequence() ? new SequenceLane(this, source) : new UdpLane(this, source);
    }

    private void openDue() {
        while (opened < lanes.length && !ended) {
            long due = rampStart + (long) (share.connection(opened) * 1e9 / plan.connectRate());
            if (due - System.nanoTime() > 0) {
                metronome.wakeAt(due);
                return;
            }
            lanes[opened++].open();
        }
    }

    boolean isRamped() {
        return ledger.tally().get(Figure.SETTLED) >= lanes.length;
    }

    /** Begins to send at {@code start}; what is due from {@code measureStart} on is measured. */
    void begin(long start, long measureStart, long sendUntil) {
        loop.execute(() -> {
            ledger.measure(measureStart, sendUntil);
            model.begin(start, measureStart, sendUntil);
            offer(lanes, model);
            long sweepMillis = Math.max(1, Math.min(250, plan.timeoutNanos() / 20_000_000));
            loop.every(sweepMillis, TimeUnit.MILLISECONDS, this::sweep);
        });
    }

    /** Each at its own time: with many lanes the last request goes out long after the first. */
    static void offer(Lane[] lanes, LoadModel model) {
        for (Lane lane : lanes) {
            model.first(lane, lane.room(), System.nanoTime());
        }
    }

    private void beat() {
        openDue();
        model.beat();
    }

    private void sweep() {
        long now = System.nanoTime();
        if (!ended) {
            for (Lane lane : lanes) {
                lane.sweep(now);
            }
        }
    }

    /** Sends nothing new from {@code nanoTime} on; what is due or in flight goes on. */
    void endAt(long nanoTime) {
        loop.execute(() -> {
            ledger.measureUntil(nanoTime);
            model.endAt(nanoTime);
        });
    }

    /** Whether all that was to be sent has been sent and settled; for the coordinator to ask now and then. */
    void probeDone() {
        loop.execute(() -> {
            if (model.isDone(System.nanoTime()) && !anyInFlight()) {
                done.countDown();
            }
        });
    }

    private boolean anyInFlight() {
        for (Lane lane : lanes) {
            if (lane.inFlight() > 0) {
                return true;
            }
        }
        return false;
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Whether it is not done, and its next step is for others to take: it waits for a reply, or has nothing to send on. */
    boolean isKeptWaiting() {
        Tally tally = ledger.tally();
        boolean asked = tally.get(Figure.IN_FLIGHT) + tally.get(Figure.WAITING) > 0;
        return !isDone() && (asked || tally.get(Figure.OPEN) == 0);
    }

    /** Takes down how long the loop takes to turn to something new, {@code due} now. */
    void probeLag(long due) {
        long asked = System.nanoTime();
        loop.execute(() -> ledger.recorders().record(Kind.LAG, ledger.pulse().lag(due, asked, System.nanoTime())));
    }

    /**
     * Ends the run on this loop: what is unanswered is a timeout, or {@code read/interrupted} if nobody waited for it.
     * Returns when the books are closed.
     */
    void finish(boolean early) {
        CountDownLatch closed = new CountDownLatch(1);
        loop.execute(() -> {
            try {
                cutShort = early;
                giveUp();
            } finally {
                closed.countDown();
            }
        });
        boolean interrupted = false;
        while (closed.getCount() > 0) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp() {
        ended = true;
        long now = System.nanoTime();
        long unsent = model.giveUp();
        if (unsent > 0) {
            ledger.notSent(unsent, now);
        }
        for (Lane lane : lanes) {
            lane.giveUp(now);
        }
    }

    /** After {@link #finish}. {@return the jitter of each lane that knows it} */
    double[] jitters() {
        return Arrays.stream(lanes)
                .filter(SequenceLane.class::isInstance)
                .map(lane -> ((SequenceLane) lane).jitter())
                .filter(Jitter::isKnown)
                .mapToDouble(Jitter::nanos)
                .toArray();
    }

    /** {@return the id of the loop's thread, for its CPU time} */
    long threadId() {
        return threadId;
    }

    /** Begins to end the loop; {@link #close()} waits for that. */
    void shutdown() {
        metronome.close();
        loop.shutdown(TimeUnit.SECONDS.toMillis(1));
    }

    @Override
    public void close() {
        shutdown();
        loop.close();
    }
}
