package io.oneloop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many connections the process has descriptors for. */
final class DescriptorLimit {

    /** What the process itself opens: jars, the selector, sockets, and what the JDK opens as it goes. */
    private static final int OWN_USE = 64;

    /** Where the limit cannot be read: it is what the JVM raises the limit to on macOS (OPEN_MAX). */
    private static final int UNKNOWN = 10_240;

    /** Read as a file, since asking the JDK for it loads all of JMX. */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final String NAME = "Max open files";

    private DescriptorLimit() {}

    static int defaultMaxConnections() {
        try {
            return maxConnections(Files.readAllLines(LIMITS));
        } catch (IOException noProc) {
            return maxConnections(List.of());
        }
    }

    /** @param limits the lines of {@code /proc/self/limits}, none where there is no such file */
    static int maxConnections(List<String> limits) {
        long limit = UNKNOWN;
        for (String line : limits) {
            if (line.startsWith(NAME)) {
                limit = softLimit(line.substring(NAME.length()).trim().split(" ")[0]);
            }
        }
        // At a very low limit, half of it is better than nothing.
        return (int) Math.min(Math.max(limit - OWN_USE, limit / 2), Integer.MAX_VALUE);
    }

    private static long softLimit(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException unlimited) {
            return Long.MAX_VALUE;
        }
    }
}
