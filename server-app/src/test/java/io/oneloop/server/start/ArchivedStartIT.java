package io.oneloop.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a start costs is time, which no test can assert, but what it has to load is a number. */
class ArchivedStartIT {

    private static final Path LAUNCHER = Path.of("bin", "oneloop-server").toAbsolutePath();

    /** The JVM makes a few for itself as it runs, and the JDK loads others where the start goes another way than it did. */
    private static final int MOST_OF_THE_JDK = 10;

    @Test
    void takesItsClassesFromTheArchive() throws Exception {
        List<String> loaded = classesUntilReady(LAUNCHER.toString(), "--tcp-port", "0", "--udp-port", "0");
        assertTrue(loaded.size() > 1000, "the archive was not used or nothing was told: " + loaded);
        List<String> others = loaded.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .toList();
        List<String> ours =
                others.stream().filter(line -> line.contains("source: file:")).toList();
        assertEquals(List.of(), ours);
        assertTrue(others.size() <= MOST_OF_THE_JDK, others.toString());
    }

    /** In a network of its own, which takes root to make, since it takes the ports that it takes by default. */
    @Test
    void loadsNoParserWhereThereIsNothingToParse() throws Exception {
        List<String> loaded =
                classesUntilReady("unshare", "-n", "sh", "-c", "ip link set lo up && exec \"$0\"", LAUNCHER.toString());
        assertTrue(loaded.stream().anyMatch(line -> line.contains("io.oneloop.server.Service ")), loaded.toString());
        List<String> parser =
                loaded.stream().filter(line -> line.contains("picocli")).toList();
        assertEquals(List.of(), parser);
    }

    private static List<String> classesUntilReady(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ONELOOP_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load");
        Process server = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> loaded = new ArrayList<>();
        try (BufferedReader output = server.inputReader()) {
            String line;
            while ((line = output.readLine()) != null && !line.startsWith("oneloop ready")) {
                if (line.contains("[class,load]")) {
                    loaded.add(line);
                }
            }
            return loaded;
        } finally {
            server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
