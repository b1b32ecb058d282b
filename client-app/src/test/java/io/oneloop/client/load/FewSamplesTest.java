package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import io.oneloop.client.load.Threshold.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A percentile that no measured time need be beyond is not shown as if it had been measured. */
class FewSamplesTest {

    private static final Messages ENGLISH = Messages.ofLoad(Language.EN);

    private static Latency times(long count) {
        Histogram times = Recorders.newHistogram();
        times.recordValueWithCount(1_000_000, count);
        return new Latency(times);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "50, 2", "75, 4", "90, 10", "99, 100", "99.9, 1000", "99.99, 10000", "99.999, 100000", "100, 1"
    })
    void aPercentileTakesOneTimeBeyondIt(double percentile, long samples) {
        assertEquals(samples, Latency.samplesFor(percentile));
        assertTrue(times(samples).supports(percentile));
        assertFalse(times(samples - 1).supports(percentile));
    }

    @Test
    void theTableShowsThoseAloneThatAreSupported() {
        String before = LatencyTable.of(null, times(999), ENGLISH);
        assertEquals("p99 n/a 1.00 ms", row(before, 99));
        assertEquals("p99.9 n/a n/a", row(before, 99.9));
        assertEquals("p99.9 n/a 1.00 ms", row(LatencyTable.of(null, times(1_000), ENGLISH), 99.9));
        assertTrue(LatencyTable.of(null, times(1), ENGLISH).contains("1.00 ms"), "the longest and the mean stay");
    }

    private static String row(String table, double percentile) {
        String name = LatencyTable.name(percentile) + " ";
        return table.lines()
                .map(line -> line.strip() + " ")
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow()
                .strip()
                .replaceAll(" {2,}", " ");
    }

    @Test
    void jsonHasNullForTheOthers() {
        Map<String, Object> map = JsonReport.latency(times(200));
        assertNotNull(map.get("p99"));
        assertTrue(map.containsKey("p99_9"));
        assertNull(map.get("p99_9"));
        assertNotNull(map.get("max"));
        assertNotNull(map.get("min"));
    }

    @Test
    void theCurveOfTheHtmlReportEnds() throws Exception {
        String html = HtmlReport.of("", "", null, times(100), List.of(), Language.EN);
        String curve = html.replaceAll("(?s).*\"y\":\\[null,\\[([^\\]]*)\\]\\].*", "$1");
        assertEquals(21, curve.split(",").length, curve);
        assertFalse(curve.contains("null"), curve);
        String shorter = HtmlReport.of("", "", null, times(99), List.of(), Language.EN);
        assertTrue(shorter.contains(",null]]"), "the curve goes on to p99");
    }

    /** 60 requests: enough for the median of the interval, and too few for its p99. */
    @Test
    void anIntervalIsNoExceptionAndCsvLeavesItEmpty() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result =
                    LoadTest.tcp("127.0.0.1", server.port()).requests(60).run();
            long most = 0;
            for (Interval interval : result.intervals()) {
                assertTrue(interval.p99Nanos() < 0, result::json);
                most = Math.max(most, interval.p50Nanos());
            }
            assertTrue(most > 0, result::json);
        }
        StringWriter csv = new StringWriter();
        new IntervalReport(new PrintWriter(csv), true).add(new Interval(0, 1, 60, 0, 0, 0, 1_000, -1, 2_000));
        assertTrue(csv.toString().strip().endsWith(",1,,2"), csv.toString());
    }

    @Test
    void aThresholdOnItIsUnknownUnlessEachTimeKeepsItAndSaysWhy() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(200)
                    .threshold("p99<1h")
                    .threshold("p99.9<1ns")
                    .threshold("p99.9<1h")
                    .threshold("p99.9>1h")
                    .threshold("p99.9>1ns")
                    .threshold("max<1h")
                    .run();
            assertEquals(
                    List.of(Verdict.KEPT, Verdict.UNKNOWN, Verdict.KEPT, Verdict.UNKNOWN, Verdict.KEPT, Verdict.KEPT),
                    result.plan().thresholds().stream()
                            .map(threshold -> threshold.judge(result))
                            .toList());
            assertFalse(result.passed(), result::text);
            assertEquals(LoadCommand.THRESHOLD_MISSED, LoadCommand.exitCode(result));
            String why = "p99.9 takes 1,000 right answers with a time, not 200: let the run last longer";
            assertTrue(result.text().contains("(n/a: " + why + ")"), result::text);
            List<?> thresholds = (List<?>) JSON.std.mapFrom(result.json()).get("thresholds");
            assertNull(((Map<?, ?>) thresholds.get(0)).get("reason"));
            assertEquals(why, ((Map<?, ?>) thresholds.get(1)).get("reason"));
            assertEquals(
                    "p99.9 takes 1,000 right answers with a time; there are 200, but each of them keeps the limit",
                    ((Map<?, ?>) thresholds.get(2)).get("reason"));
            assertTrue(
                    result.text().contains("Note    p99.9 and above are n/a: it takes at least 1,000 right"),
                    result::text);
        }
    }

    @Test
    void whatIsKnownOfAShortRunIsTold() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .rate(20)
                    .warmup(Duration.ZERO)
                    .requests(4)
                    .run();
            assertTrue(result.text().contains("2 connections made, connect p50 "), result::text);
            assertFalse(result.text().contains("made, connect p50 n/a"), result::text);
            assertTrue(result.text().contains("p99 n/a  max "), result::text);
            assertTrue(result.text().contains("schedule lateness p99 n/a"), result::text);
        }
    }
}
