package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    /** A client that stood still for 300 ms of an hour has a p99 that is right, and a maximum that is not the server's. */
    @ParameterizedTest
    @CsvSource({
        // the longest lag and the longest latency, in ms; how many notes
        "300, 310, 1",
        "300, 590, 1",
        "300, 610, 0",
        "9, 9, 0",
        "0, 300, 0",
        "300, 0, 0",
    })
    void saysWhenTheLongestTimesAreTheClients(long lagMillis, long latencyMillis, int notes) throws Exception {
        ClientHealth health = new ClientHealth(null, latency(lagMillis), 0, 0, 0.1, 3600);
        LoadResult result = new LoadResult(
                LoadTest.tcp("127.0.0.1", 1).plan(),
                Instant.EPOCH,
                3600,
                LoadResult.End.COMPLETE,
                new LoadResult.Counts(1, 1, 0, 0, 0, 0, 1, 5, 18, 0, 0, 0),
                new LoadResult.Times(null, latencyMillis == 0 ? null : latency(latencyMillis), null),
                null,
                new ErrorSummary.Builder().build(),
                health,
                List.of());
        assertEquals(notes, Diagnosis.of(result, Messages.ofLoad(Language.EN)).size());
    }

    private static Latency latency(long longestMillis) {
        Histogram histogram = Recorders.newHistogram();
        histogram.recordValueWithCount(100_000, 1_000_000);
        histogram.recordValue(longestMillis * 1_000_000);
        return new Latency(histogram);
    }
}
