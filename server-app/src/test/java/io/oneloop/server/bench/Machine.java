package io.oneloop.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where the figures come from. */
final class Machine {

    private Machine() {}

    /** {@return one fact per line} */
    static List<String> facts() throws IOException {
        return List.of(
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                                .filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 2))
                                .findFirst()
                                .orElse(System.getProperty("os.arch"))
                        + ", " + Runtime.getRuntime().availableProcessors() + " processors",
                "Linux " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "measured " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", load average "
                        + Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }
}
