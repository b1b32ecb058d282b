package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.ExitCode;
import io.oneloop.client.load.LoadProgress.Phase;
import io.oneloop.client.load.LoadResult.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a run ends, and when it does not. */
class RunEndsTest {

    @Test
    void aDurationIsKeptThoughTheScheduleHasNothingMore() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .rate(1)
                    .duration(Duration.ofSeconds(1))
                    .warmup(Duration.ZERO)
                    .run();
            assertEquals(1.0, result.seconds(), result::text);
            assertEquals(1, result.succeeded(), result::text);
        }
    }

    /** The last is due when the first interval ends. */
    @Test
    void noIntervalOfARunOfSoManyIsLongerThanItsTime() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .rate(10)
                    .requests(11)
                    .run();
            assertEquals(11, result.succeeded(), result::text);
            assertTrue(result.intervals().stream().allMatch(i -> i.seconds() > 0), () -> "" + result.intervals());
        }
    }

    @Test
    void clientsThatThinkForLongerThanAllPatienceDoNotStall() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(2)
                    .think(Duration.ofMillis(3_500))
                    .timeout(Duration.ofSeconds(1))
                    .connectTimeout(Duration.ofSeconds(1))
                    .run();
            assertEquals(End.COMPLETE, result.end(), result::text);
            assertEquals(2, result.succeeded(), result::text);
        }
    }

    /** The loop whose only connection is lost cannot send its share, and the other has sent its own. */
    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void aRunStallsWhenWhoIsLeftHasNothingToDo() throws Exception {
        int[] received = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (received[0]++ == 0) {
                connection.abort();
            } else {
                connection.send(StubServer.REPLY);
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .threads(2)
                    .requests(10)
                    .onError(OnError.CONTINUE)
                    .timeout(Duration.ofSeconds(2))
                    .connectTimeout(Duration.ofSeconds(1))
                    .run();
            assertEquals(End.STALLED, result.end(), result::text);
            assertEquals(5, result.succeeded(), result::text);
        }
    }

    @Test
    void patienceRunsFromWhatIsAskedAndNotAnswered() {
        StallWatch watch = new StallWatch(10);
        assertEquals(false, watch.isStalled(0, 0, false));
        assertEquals(false, watch.isStalled(100, 0, false), "nothing was asked");
        assertEquals(false, watch.isStalled(101, 0, true));
        assertEquals(false, watch.isStalled(111, 0, false), "not longer than patience");
        assertEquals(true, watch.isStalled(112, 0, false), "it timed out, and nothing came");
        assertEquals(false, watch.isStalled(113, 1, false), "a reply");
        assertEquals(false, watch.isStalled(500, 1, false));
        assertEquals(false, watch.isStalled(501, 1, true));
        assertEquals(false, watch.isStalled(502, 2, true));
        assertEquals(true, watch.isStalled(513, 2, true));
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void anInterruptionShortensADrainThatHasBegun() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> {})) {
            LoadPlan plan = LoadTest.tcp("127.0.0.1", server.port())
                    .duration(Duration.ofMillis(50))
                    .timeout(Duration.ofMinutes(10))
                    .plan();
            LoadRun[] run = {null};
            run[0] = new LoadRun(plan, new LoadProgress() {
                @Override
                public void onMoment(Moment moment) {
                    if (moment.phase() == Phase.DRAIN) {
                        run[0].interrupt();
                    }
                }
            });
            assertEquals(End.INTERRUPTED, run[0].run().end());
        }
    }

    /** Not through {@link LoadTest#run}, whose preflight would refuse the run. The duration is what it would last. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatThisMachineLetsOpenNothingEndsBeforeItBegins(boolean sequence) throws Exception {
        // A broadcast address, which the system keeps from who has not asked for it; and no address of this machine.
        LoadTest udp = LoadTest.udp("127.255.255.255", 9).size(16, 16).connections(2);
        LoadTest tcp = LoadTest.tcp("127.0.0.1", 9).source("192.0.2.1").connections(2);
        for (LoadTest test : List.of(sequence ? udp.sequence() : udp, tcp)) {
            LoadResult result = runFor(test.duration(Duration.ofMillis(300)));
            assertEquals(End.NOT_OPENED, result.end(), result::text);
            assertFalse(result.isMeasured(), result::text);
            assertEquals(2, result.errors().total(), result::text);
            assertEquals(ExitCode.NETWORK_FAILURE, LoadCommand.exitCode(result));
            assertTrue(result.text().contains("STOPPED since this machine let no "), result::text);
            assertTrue(result.text().contains("e.g. connect "), result::text);
        }
    }

    @Test
    void aRunThatWasNotMeasuredHadNoLimitInItsClient() throws Exception {
        ClientHealth collected = new ClientHealth(null, new Latency(Recorders.newHistogram()), 16_000_000, 1, null, 0);
        LoadResult result = new LoadResult(
                LoadTest.tcp("127.0.0.1", 9).plan(),
                Instant.now(),
                0,
                End.NOT_OPENED,
                new LoadResult.Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new LoadResult.Times(null, null, null),
                null,
                new ErrorSummary.Builder().build(),
                collected,
                List.of());
        assertFalse(result.isClientSaturated(), result::text);
    }

    /** Somebody may come and listen. */
    @Test
    void aTargetThatRefusesIsAskedAgain() throws Exception {
        LoadResult result = runFor(LoadTest.tcp("127.0.0.1", 9).duration(Duration.ofMillis(300)));
        assertEquals(End.COMPLETE, result.end(), result::text);
        assertTrue(result.errors().of(ErrorKind.CONNECT_REFUSED) > 1, result::text);
    }

    private static LoadResult runFor(LoadTest test) throws Exception {
        return new LoadRun(test.warmup(Duration.ZERO).plan(), LoadProgress.NONE).run();
    }

    @Test
    void everyMomentAfterTheFirstSecondHasAPercentile() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadPlan plan = LoadTest.tcp("127.0.0.1", server.port())
                    .duration(Duration.ofMillis(2_500))
                    .plan();
            List<Double> without = new ArrayList<>();
            int[] with = {0};
            new LoadRun(plan, new LoadProgress() {
                        @Override
                        public void onMoment(Moment moment) {
                            if (moment.phase() != Phase.MEASURE || moment.seconds() < 1) {
                                return;
                            }
                            if (moment.p99Nanos() < 0) {
                                without.add(moment.seconds());
                            } else {
                                with[0]++;
                            }
                        }
                    })
                    .run();
            assertEquals(List.of(), without);
            assertTrue(with[0] > 0);
        }
    }

    /** What was never measured has no rate, and nothing is asked of the server any more. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1_000})
    void aRunThatIsInterruptedInItsRampHasNoFigures(double rate) throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadTest test = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .connectRate(0.001)
                    .warmup(Duration.ZERO)
                    .threshold("rate<1M");
            LoadPlan plan = (rate > 0 ? test.rate(rate) : test).plan();
            LoadRun[] run = {null};
            run[0] = new LoadRun(plan, new LoadProgress() {
                @Override
                public void onMoment(Moment moment) {
                    if (moment.open() == 1) {
                        run[0].interrupt();
                    }
                }
            });
            LoadResult result = run[0].run();
            assertEquals(End.INTERRUPTED, result.end());
            assertEquals(0, result.counts().bytesSent(), result::text);
            assertEquals(1, result.missedThresholds().size(), result::text);
            assertTrue(result.text().contains("Rate  achieved n/a" + System.lineSeparator()), result::text);
            assertFalse(result.text().contains("client OK"), result::text);
            Map<String, Object> report = JSON.std.mapFrom(result.json());
            assertEquals(0, report.get("duration_us"));
            assertNull(report.get("rate_per_s"));
            assertNull(((Map<?, ?>) report.get("client")).get("saturated"));
            assertNull(((Map<?, ?>) report.get("client")).get("busiest_loop_cpu"));
        }
    }

    /** What a run remembers of its course is bounded, however long it lasts. */
    @Test
    void theIntervalsOfALongRunAreFew() {
        long[] durations = {
            Pacer.NEVER, Duration.ofHours(24).toNanos(), Duration.ofSeconds(30).toNanos()
        };
        int[] most = {7_500, 1_000, 30};
        for (int i = 0; i < durations.length; i++) {
            long end = Math.min(durations[i], Recorders.LONGEST_NANOS);
            int intervals = 0;
            for (long at = 0; at < end; intervals++) {
                at += Sampler.intervalNanos(durations[i], intervals);
            }
            assertTrue(intervals <= most[i], intervals + " intervals");
        }
    }
}
