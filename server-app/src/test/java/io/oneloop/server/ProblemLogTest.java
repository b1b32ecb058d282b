package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProblemLogTest {

    private final CapturedLog captured = new CapturedLog();
    private final LogQueue queue = new LogQueue(100, count -> {});
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final ProblemLog problems = new ProblemLog(queue, captured.log, Messages.in(Language.EN), nanos::get);

    @Test
    void tellsOncePerSecondAndHowManyItStandsFor() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            problems.onAcceptFailed(null, new IOException("Too many open files"));
        }
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        problems.onAcceptFailed(null, new IOException("Too many open files"));

        List<String> lines = lines();

        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0).contains("Too many open files; raise the limit of descriptors (ulimit -n)"), lines.get(0));
        assertTrue(
                lines.get(0).endsWith("such line: 1)") && lines.get(1).endsWith("such line: 500)"), lines.toString());
    }

    @Test
    void tellsTheRestAtTheEnd() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            problems.onError("onData tcp 127.0.0.1:" + i, new IllegalStateException("broken"));
        }
        problems.tellRest();

        List<String> lines = lines();

        assertEquals(2, lines.size());
        assertTrue(lines.get(1).contains("127.0.0.1:499") && lines.get(1).endsWith("such line: 499)"), lines.get(1));
    }

    @Test
    void limitsEachKindByItself() throws InterruptedException {
        problems.onAcceptFailed(null, new IOException("Too many open files"));
        problems.onError("onData tcp 127.0.0.1:50000", new IllegalStateException("broken"));
        problems.onSelectorReplaced(new IOException("spinning"));
        problems.onSlowCallback(
                150, new StackTraceElement[] {new StackTraceElement("Handler", "onData", "Handler.java", 7)});

        List<String> lines = lines();

        assertEquals(4, lines.size());
        assertTrue(lines.get(1).contains("onData tcp 127.0.0.1:50000"), lines.get(1));
        assertTrue(lines.get(1).contains("broken"), lines.get(1));
        assertTrue(lines.get(2).contains("spinning"), lines.get(2));
        assertTrue(
                lines.get(3).contains("at Handler.onData(Handler.java:7) (times since the last such line: 1)"),
                lines.get(3));
    }

    private List<String> lines() throws InterruptedException {
        queue.close(Duration.ofSeconds(60));
        return captured.lines();
    }
}
