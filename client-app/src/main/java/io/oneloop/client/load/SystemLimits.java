package io.oneloop.client.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of its limits under /proc; -1 where it does not say. */
final class SystemLimits {

    static final long UNKNOWN = -1;

    private SystemLimits() {}

    /** {@return the descriptors that this process may have} */
    static long descriptors() {
        return descriptors(lines("/proc/self/limits"));
    }

    static long descriptors(List<String> limits) {
        for (String line : limits) {
            if (line.startsWith("Max open files")) {
                String soft = line.substring("Max open files".length()).strip().split("\\s+")[0];
                return soft.equals("unlimited") ? Long.MAX_VALUE : number(soft);
            }
        }
        return UNKNOWN;
    }

    /** {@return the ports that the system lends out for each address of its own and each target} */
    static long ephemeralPorts() {
        return ephemeralPorts(lines("/proc/sys/net/ipv4/ip_local_port_range"));
    }

    static long ephemeralPorts(List<String> range) {
        if (range.isEmpty()) {
            return UNKNOWN;
        }
        String[] bounds = range.get(0).strip().split("\\s+");
        if (bounds.length != 2 || number(bounds[0]) < 0 || number(bounds[1]) < 0) {
            return UNKNOWN;
        }
        return number(bounds[1]) - number(bounds[0]) + 1;
    }

    /** {@return the number in a file such as /proc/sys/net/core/somaxconn} */
    static long setting(String path) {
        List<String> lines = lines(path);
        return lines.isEmpty() ? UNKNOWN : number(lines.get(0).strip());
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : UNKNOWN;
    }

    private static List<String> lines(String path) {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (IOException | RuntimeException notLinux) {
            return List.of();
        }
    }
}
