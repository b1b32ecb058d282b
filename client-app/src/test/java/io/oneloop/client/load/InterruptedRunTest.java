package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.client.load.LoadResult.End;
import io.oneloop.client.load.Threshold.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is in flight when a run is interrupted is not the server's failure. */
class InterruptedRunTest {

    private static final int ANSWERED = 200;

    private final AtomicReference<LoadRun> run = new AtomicReference<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** {@return whether to answer} The one that is not answered is when Ctrl-C is pressed. */
    private boolean isToBeAnswered() {
        if (asked.incrementAndGet() <= ANSWERED) {
            return true;
        }
        run.get().interrupt();
        return false;
    }

    private LoadResult runUntilInterrupted(LoadTest test) throws Exception {
        LoadPlan plan = test.warmup(Duration.ZERO)
                .duration(Duration.ofMinutes(10))
                .timeout(Duration.ofMinutes(10))
                .threshold("errors<=0")
                .threshold("p99<1h")
                .plan();
        run.set(new LoadRun(plan, LoadProgress.NONE));
        LoadResult result = run.get().run();
        assertEquals(End.INTERRUPTED, result.end(), result::text);
        assertEquals(ANSWERED, result.succeeded(), result::text);
        assertEquals(ANSWERED + 1, result.sent(), result::text);
        assertEquals(1, result.errors().failedRequests(), result::text);
        assertEquals(0, result.errors().of(ErrorKind.READ_TIMEOUT), result::text);
        assertEquals(1, result.errors().of(ErrorKind.READ_INTERRUPTED), result::text);
        assertEquals(0, result.errors().measured(), result::text);
        for (Threshold threshold : plan.thresholds()) {
            assertEquals(Verdict.KEPT, threshold.judge(result), result::text);
        }
        assertTrue(result.text().contains("in flight when the run was interrupted"), result::text);
        return result;
    }

    @Test
    void overTcp() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (isToBeAnswered()) {
                connection.send(StubServer.REPLY);
            }
        })) {
            runUntilInterrupted(LoadTest.tcp("127.0.0.1", server.port()));
        }
    }

    @Test
    void overUdp() throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            if (isToBeAnswered()) {
                socket.send(from, StubServer.REPLY);
            }
        })) {
            LoadResult result = runUntilInterrupted(LoadTest.udp("127.0.0.1", server.port()));
            assertEquals(0, result.udp().lost(), result::text);
        }
    }

    @Test
    void overUdpWithNumbers() throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            if (isToBeAnswered()) {
                socket.send(from, data);
            }
        })) {
            LoadResult result = runUntilInterrupted(
                    LoadTest.udp("127.0.0.1", server.port()).sequence().size(16, 16));
            assertEquals(0, result.udp().lost(), result::text);
        }
    }

    /** 100 answered of 101: without the one of which nothing is known, all of them. */
    @Test
    void hasNoShareInAPercentile() throws Exception {
        asked.set(ANSWERED - 100);
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (isToBeAnswered()) {
                connection.send(StubServer.REPLY);
            }
        })) {
            LoadPlan plan = LoadTest.tcp("127.0.0.1", server.port())
                    .warmup(Duration.ZERO)
                    .timeout(Duration.ofMinutes(10))
                    .threshold("max<1h")
                    .plan();
            run.set(new LoadRun(plan, LoadProgress.NONE));
            LoadResult result = run.get().run();
            assertEquals(100, result.succeeded(), result::text);
            assertEquals(Verdict.KEPT, plan.thresholds().get(0).judge(result), result::text);
        }
    }
}
