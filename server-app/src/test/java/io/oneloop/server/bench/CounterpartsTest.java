package io.oneloop.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CounterpartsTest {

    @Test
    void countsWhatWrkSaysOfFailures() {
        String output = """
                  61000 requests in 1.00s, 5.00MB read
                  Socket errors: connect 1, read 20, write 300, timeout 4000
                  Non-2xx or 3xx responses: 50000
                """;

        assertEquals(54_321, Counterparts.wrkFailures(output));
    }

    @Test
    void findsNoFailureWhereWrkNamesNone() {
        assertEquals(0, Counterparts.wrkFailures("  61000 requests in 1.00s, 5.00MB read\n"));
    }
}
