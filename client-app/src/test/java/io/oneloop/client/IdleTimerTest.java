package io.oneloop.client;

import static io.oneloop.client.Patience.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleTimerTest {

    @Test
    void firesOnceAfterProgressHasStopped() {
        AtomicInteger fired = new AtomicInteger();
        AtomicLong looks = new AtomicLong();
        try (EventLoop loop = EventLoop.start("loop")) {
            // Moves for the first few looks, then stands still.
            IdleTimer timer = new IdleTimer(
                    loop, Duration.ofMillis(10), () -> Math.min(5, looks.incrementAndGet()), fired::incrementAndGet);
            loop.execute(timer::start);
            await().until(() -> fired.get() == 1);
        }
        assertTrue(looks.get() > 5, looks + " looks");
    }
}
