package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.TcpConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Three connections on two loops: the loop with one of them has a third of the requests, and each number is sent once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyConnectionHasItsPartAlsoIfTheLoopsHaveNotAsMany(boolean open) throws Exception {
        Map<TcpConnection, Integer> requests = new ConcurrentHashMap<>();
        Set<String> numbers = ConcurrentHashMap.newKeySet();
        try (StubServer server = StubServer.tcp((connection, data) -> {
            requests.merge(connection, 1, Integer::sum);
            numbers.add(StandardCharsets.US_ASCII.decode(data).toString());
            connection.send(StubServer.REPLY);
        })) {
            LoadTest test = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .threads(2)
                    .payloadTemplate("{n}\\n")
                    .requests(300);
            LoadResult result = (open ? test.rate(3000) : test).run();
            assertEquals(300, result.succeeded(), result::text);
            assertTrue(requests.containsValue(100), requests::toString);
            assertEquals(IntStream.range(0, 300).mapToObj(n -> n + "\n").collect(Collectors.toSet()), numbers);
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
