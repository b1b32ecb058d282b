package io.oneloop.server.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code bin/oneloop-server} finds its jar wherever it is started from. */
class LauncherIT {

    @Test
    void findsItsJarByARelativePathWhereTheShellHasASearchPathOfItsOwn() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bin/oneloop-server", "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CDPATH", ".:/");
        Process process = builder.start();

        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertTrue(output.startsWith("oneloop server "), output);
        assertEquals(0, process.waitFor());
    }
}
