package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The ledger that a server prints at its end. */
record LedgerLine(Map<String, Long> counts) {

    private static final String NAME = "oneloop ledger: ";

    /** @param output what holds the line, among others */
    static LedgerLine in(String output) {
        String line = output.lines()
                .filter(candidate -> candidate.startsWith(NAME))
                .findFirst()
                .orElseGet(() -> fail("no ledger in: " + output));
        return new LedgerLine(Arrays.stream(line.substring(NAME.length()).split(" "))
                .map(entry -> entry.split("="))
                .collect(Collectors.toMap(entry -> entry[0], entry -> Long.valueOf(entry[1]))));
    }

    /** {@return the value, 0 if the key is not there} */
    long get(String key) {
        return counts.getOrDefault(key, 0L);
    }

    /** Everything that came is accounted for, and nothing is open. {@return this} */
    LedgerLine assertBalanced() {
        assertSame("accepted", get("open") + get("closed"));
        assertSame("open", 0);
        assertSame("closed", sum("closed."));
        assertSame("refused", sum("refused."));
        assertSame("bytes_sent", get("bytes_written") + get("bytes_discarded"));
        assertSame("bytes_discarded", sum("bytes_discarded."));
        if (counts.containsKey("reply_bytes")) {
            assertSame("bytes_sent", get("requests") * get("reply_bytes"));
        }
        assertSame("udp.received", get("udp.answered") + get("udp.refused") + get("udp.dropped"));
        assertSame("udp.refused", sum("udp.refused."));
        assertSame("udp.dropped", sum("udp.dropped."));
        return this;
    }

    private void assertSame(String key, long expected) {
        assertEquals(expected, get(key), () -> key + " of " + counts);
    }

    private long sum(String prefix) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
