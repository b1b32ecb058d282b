package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendedFlagsTest {

    @Test
    void namesTheFlagsThatAreMissing() {
        assertEquals(
                List.of("-XX:+UseSerialGC", "-XX:AutoBoxCacheMax=16384"),
                RecommendedFlags.missing(List.of("-Xmx1g", "-XX:+UseG1GC")));
    }

    @Test
    void acceptsAnotherValue() {
        assertEquals(List.of(), RecommendedFlags.missing(List.of("-XX:AutoBoxCacheMax=1000000", "-XX:+UseSerialGC")));
    }
}
