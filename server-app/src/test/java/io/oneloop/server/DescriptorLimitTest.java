package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorLimitTest {

    @ParameterizedTest
    @CsvSource({"1024, 960", "129, 65", "128, 64", "100, 50", "2, 1", "unlimited, 2147483647", "9999999999, 2147483647"
    })
    void leavesDescriptorsForTheProcessItself(String softLimit, int connections) {
        List<String> limits = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max cpu time              unlimited            unlimited            seconds   ",
                "Max open files            " + softLimit + "                 1048576              files     ");

        assertEquals(connections, DescriptorLimit.maxConnections(limits));
    }

    @ParameterizedTest
    @CsvSource({"''", "Max locked memory         8388608              8388608              bytes"})
    void assumesALimitWhereThereIsNone(String line) {
        assertEquals(10_176, DescriptorLimit.maxConnections(List.of(line)));
    }
}
