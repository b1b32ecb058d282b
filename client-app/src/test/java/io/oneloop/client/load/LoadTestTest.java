package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
