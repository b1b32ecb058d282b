package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as its users call it. */
class LoadTestTest {

    @Test
    void closedModelSendsExactlyTheRequestsAskedFor() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(7)
                    .threads(2)
                    .requests(10_001)
                    .run();
            assertEquals(10_001, result.sent(), result::text);
            assertEquals(10_001, result.succeeded(), result::text);
            assertEquals(0, result.errors().total(), result::text);
            assertEquals(10_001, result.serviceTime().orElseThrow().count());
            assertFalse(result.responseTime().isPresent());
            assertTrue(result.passed());
        }
    }

    @Test
    void openModelSendsExactlyWhatTheScheduleHas() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(10)
                    .threads(2)
                    .rate(5_000)
                    .duration(Duration.ofSeconds(1))
                    .run();
            assertEquals(5_000, result.sent(), result::text);
            assertEquals(5_000, result.succeeded(), result::text);
            assertEquals(5_000, result.responseTime().orElseThrow().count());
        }
    }

    @Test
    void refusesARateThatIsNone() {
        for (double rate : new double[] {0, -5, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> LoadTest.tcp("127.0.0.1", 1)
                    .rate(rate));
        }
    }

    @Test
    void refusesTimesAndNumbersThatAreNone() {
        Duration negative = Duration.ofNanos(-1);
        List<UnaryOperator<LoadTest>> settings = List.of(
                test -> test.think(negative),
                test -> test.think(Duration.ofDays(2)),
                test -> test.warmup(negative),
                test -> test.warmup(Duration.ofDays(2)),
                test -> test.connectionLifetime(negative),
                test -> test.requestsPerConnection(-1),
                test -> test.connectRate(Double.POSITIVE_INFINITY));
        for (UnaryOperator<LoadTest> setting : settings) {
            assertThrows(IllegalArgumentException.class, () -> setting.apply(LoadTest.tcp("127.0.0.1", 1))
                    .plan());
        }
    }

    /** More than any run has; the requests of the warm-up come on top. */
    @Test
    void theGreatestNumberOfRequestsDoesNotOverflow() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(Long.MAX_VALUE)
                    .rate(100)
                    .warmup(Duration.ofMillis(50))
                    .duration(Duration.ofMillis(200))
                    .run();
            assertEquals(20, result.succeeded(), result::text);
        }
    }

    @Test
    void doesTheSameRunAsTheCommandAndWritesTheSameFiles(@TempDir Path dir) throws Exception {
        Path hlog = dir.resolve("a.hlog");
        Path html = dir.resolve("a.html");
        Path hgrm = dir.resolve("a.hgrm");
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .payloadTemplate("request {n}\\n")
                    .size(32, 64)
                    .requests(200)
                    .hlog(hlog)
                    .run();
            result.writeHtml(html);
            result.writeHgrm(hgrm);
            assertEquals(200, result.succeeded(), result::text);
            assertTrue(result.json().contains("oneloop-load"));
        }
        assertEquals(200, HdrMerge.of(List.of(hlog)).succeeded());
        assertTrue(Files.readString(html).contains("Latency by percentile"));
        assertTrue(Files.readString(hgrm).contains("#[Mean"));
        assertThrows(IllegalArgumentException.class, () -> LoadTest.tcp("127.0.0.1", 1)
                .size(5, 4));
        assertThrows(IllegalArgumentException.class, () -> LoadTest.tcp("127.0.0.1", 1)
                .payloadTemplate("\\q"));
    }
}
