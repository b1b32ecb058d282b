package io.oneloop;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what must come. The ten seconds of Awaitility are few where others have the processor. */
final class Patience {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private Patience() {}

    static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }
}
