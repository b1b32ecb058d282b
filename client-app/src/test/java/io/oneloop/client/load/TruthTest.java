package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import io.oneloop.client.load.Tally.Figure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Servers whose faults are known exactly, and what the figures make of them. */
class TruthTest {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MOST_RUNS = 60;
    private static final byte[] REPLY = Escapes.bytes("hahahahah----ok---");

    /** Of 10 s one second is lost: a tenth of the requests were due in it, but only those in flight were sent before. */
    @Test
    void responseTimeShowsAPauseThatServiceTimeHides() throws Exception {
        AtomicBoolean paused = new AtomicBoolean();
        long[] first = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            long now = System.nanoTime();
            first[0] = first[0] == 0 ? now : first[0];
            if (now - first[0] > 4 * PAUSE_NANOS && paused.compareAndSet(false, true)) {
                block(PAUSE_NANOS);
            }
            connection.send(StubServer.REPLY);
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(5)
                    .rate(400)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(10))
                    .run();
            long response = result.responseTime().orElseThrow().nanosAt(99);
            long service = result.serviceTime().orElseThrow().nanosAt(99);
            assertEquals(4000, result.succeeded(), result::text);
            assertTrue(response > 0.8 * PAUSE_NANOS, result::text);
            assertTrue(service < 0.4 * PAUSE_NANOS, result::text);
            assertTrue(result.responseTime().orElseThrow().maxNanos() >= 0.9 * PAUSE_NANOS, result::text);
        }
    }

    private static void block(long nanos) {
        long end = System.nanoTime() + nanos;
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /**
     * Every run is held against what the proxy did, between which bounds no machine can come. On a machine that is shared,
     * proxy and client get their processors late, and that is no fault of the figure: against the 5 ms that were asked for,
     * the best of many short runs counts, which ends with the first that has a second of quiet.
     */
    @Test
    void theMedianThroughAProxyIsTheDelayThatItAdds() throws Exception {
        long nearest = Long.MAX_VALUE;
        for (int run = 0; run < MOST_RUNS && nearest > 0.05 * DELAY_NANOS; run++) {
            nearest = Math.min(nearest, Math.abs(medianThroughAProxy() - DELAY_NANOS));
        }
        assertTrue(nearest <= 0.05 * DELAY_NANOS, "the nearest median was " + nearest + " ns from 5 ms");
    }

    private static long medianThroughAProxy() throws Exception {
        try (StubServer server = StubServer.replying();
                DelayProxy proxy = new DelayProxy(server.port(), DELAY_NANOS)) {
            LoadResult result = LoadTest.tcp("127.0.0.1", proxy.port())
                    .connections(1)
                    .requests(200)
                    .run();
            long p50 = result.serviceTime().orElseThrow().nanosAt(50);
            Histogram held = proxy.held();
            long least = held.getValueAtPercentile(50);
            long most = proxy.around().getValueAtPercentile(50);
            assertTrue(
                    held.getMinValue() >= 0.998 * DELAY_NANOS, "the proxy held less than 5 ms: " + held.getMinValue());
            // A histogram is exact to a part in a thousand.
            assertTrue(
                    p50 >= 0.998 * least && p50 <= 1.002 * most,
                    () -> "p50 " + p50 + " ns, but the median request took " + least + " to " + most + " ns");
            return p50;
        }
    }

    @Test
    void reportsExactlyTheWrongBytes() throws Exception {
        long[] sent = {0};
        ByteBuffer reply = ByteBuffer.allocateDirect(REPLY.length);
        try (StubServer server = StubServer.tcp((connection, data) -> {
            reply.clear();
            for (byte b : REPLY) {
                reply.put(++sent[0] % 10_000 == 0 ? (byte) (b ^ 1) : b);
            }
            connection.send(reply.flip());
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(20)
                    .threads(2)
                    .requests(100_000)
                    .run();
            long wrong = 100_000L * REPLY.length / 10_000;
            assertEquals(wrong, result.errors().of(ErrorKind.REPLY_WRONG_BYTES), result::text);
            assertEquals(wrong, result.counts().wrongBytes());
            assertEquals(100_000 - wrong, result.succeeded());
            assertEquals(wrong, result.errors().total());
            assertTrue(result.text().contains("reply/wrong-bytes"), result::text);
        }
    }

    @Test
    void whatWasDueAndNeverSentIsCountedAndNamed() throws Exception {
        // A rate that no loop keeps: the schedule runs away from it, and the report must not hide that.
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .threads(2)
                    .rate(3_000_000)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofMillis(500))
                    .timeout(Duration.ofMillis(200))
                    .threshold("rate>2M")
                    .run();
            assertTrue(result.rate().orElseThrow() < result.scheduledRate().orElseThrow(), result::text);
            long notSent = result.errors().of(ErrorKind.SEND_NOT_SENT);
            assertEquals(1_500_000, result.counts().due(), result::text);
            assertEquals(1_500_000, result.sent() + notSent, result::text);
            assertEquals(3_000_000, result.scheduledRate().orElseThrow(), result::text);
            assertTrue(notSent > 0, result::text);
            assertTrue(result.text().contains("percentiles are a lower bound"), result::text);
            assertEquals(LoadCommand.THRESHOLD_MISSED, LoadCommand.exitCode(result));
        }
    }

    /** The run lasts as long as the server takes; that is no excuse for the server. */
    @Test
    void aRunOfSoManyIsComparedWithItsSchedule() throws Exception {
        EventLoop[] loop = {null};
        try (StubServer server = StubServer.tcp((connection, data) ->
                loop[0].after(10, TimeUnit.MILLISECONDS, () -> connection.send(StubServer.REPLY)))) {
            loop[0] = server.loop();
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .rate(1_000)
                    .requests(50)
                    .run();
            assertEquals(50, result.succeeded(), result::text);
            assertEquals(1_000, result.scheduledRate().orElseThrow(), result::text);
            assertTrue(result.rate().orElseThrow() <= 100, result::text);
        }
    }

    /** The backlog that is answered in the drain was not answered in the time that the rate is over. */
    @Test
    void theRateIsThatOfTheMeasurementAndNotOfTheDrain() throws Exception {
        EventLoop[] loop = {null};
        try (StubServer server = StubServer.tcp((connection, data) ->
                loop[0].after(10, TimeUnit.MILLISECONDS, () -> connection.send(StubServer.REPLY)))) {
            loop[0] = server.loop();
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(1)
                    .rate(200)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(1))
                    .timeout(Duration.ofSeconds(10))
                    .threshold("rate>110")
                    .run();
            // One at a time and 10 ms each: at most 100 in the second, and the rest in the drain.
            assertEquals(200, result.succeeded(), result::text);
            assertTrue(result.counts().succeededInDrain() >= 100, result::text);
            assertTrue(result.rate().orElseThrow() <= 100, result::text);
            assertEquals(LoadCommand.THRESHOLD_MISSED, LoadCommand.exitCode(result));
        }
    }

    /** As many are in flight when it begins as when it ends: with the latter alone left out, a rate is too low by as many. */
    @Test
    void theRateHasTheRepliesToWhatTheWarmUpLeftInFlight() throws Exception {
        EventLoop[] loop = {null};
        try (StubServer server = StubServer.tcp((connection, data) ->
                loop[0].after(900, TimeUnit.MILLISECONDS, () -> connection.send(StubServer.REPLY)))) {
            loop[0] = server.loop();
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .warmup(Duration.ofMillis(600))
                    .requests(3)
                    .run();
            assertEquals(3, result.succeeded(), result::text);
            assertEquals(3, result.counts().succeededFromWarmup(), result::text);
            assertEquals(6, Math.round(result.rate().orElseThrow() * result.seconds()), result::text);
            assertEquals(
                    6,
                    result.intervals().stream().mapToLong(Interval::succeeded).sum(),
                    result::text);
        }
    }

    @Test
    void aReplyToTheWarmUpCountsInTheMeasurementOnly() {
        Ledger ledger = new Ledger(true, false, () -> {});
        long start = System.nanoTime();
        ledger.measure(start, start + 100);
        for (long replied : new long[] {-1, 0, 99, 100}) {
            ledger.succeeded(start - 10, start - 10, start + replied);
        }
        assertEquals(2, ledger.tally().get(Figure.SUCCEEDED_FROM_WARMUP));
        assertEquals(0, ledger.tally().get(Figure.SUCCEEDED));
        ledger.succeeded(start, start, start + 99);
        assertEquals(1, ledger.tally().get(Figure.SUCCEEDED));
        assertEquals(2, ledger.tally().get(Figure.SUCCEEDED_FROM_WARMUP));
    }
}
