package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommendedFlagsTest {

    @Test
    void namesTheFlagsThatAreMissing() {
        assertEquals(List.of("-XX:+UseSerialGC", "-XX:AutoBoxCacheMax=16384"), missing("false", "128"));
    }

    @Test
    void acceptsMoreThanItRecommends() {
        assertEquals(List.of(), missing("true", "1000000"));
    }

    @Test
    void asksForMoreThanTooLittle() {
        assertEquals(List.of("-XX:AutoBoxCacheMax=16384"), missing("true", "16383"));
    }

    @Test
    void doesNotRecommendWhatThisJvmDoesNotHave() {
        assertEquals(List.of(), RecommendedFlags.missing(flag -> null));
    }

    private static List<String> missing(String useSerialGC, String autoBoxCacheMax) {
        Map<String, String> values = Map.of("UseSerialGC", useSerialGC, "AutoBoxCacheMax", autoBoxCacheMax);
        return RecommendedFlags.missing(values::get);
    }
}
