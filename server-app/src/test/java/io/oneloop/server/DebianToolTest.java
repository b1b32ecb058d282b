package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DebianToolTest {

    @Test
    void saysWhatToInstallWhenTheProgramIsMissing() {
        DebianTool missing = new DebianTool("no-such-program", "its-package");

        AssertionError error = assertThrows(AssertionError.class, () -> missing.run("", "--version"));

        assertEquals("no-such-program cannot be started: apt-get install its-package", error.getMessage());
    }
}
