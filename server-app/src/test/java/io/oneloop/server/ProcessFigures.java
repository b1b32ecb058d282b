package io.oneloop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What /proc and jcmd tell of a process. */
final class ProcessFigures {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** Of the JDK that runs the server, too: another one need not understand it. */
    private static final DebianTool JCMD = new DebianTool(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            "openjdk-" + Runtime.version().feature() + "-jdk-headless");

    private final Path folder;
    private final long pid;

    ProcessFigures(RunningJar jar) {
        this(jar.pid());
    }

    ProcessFigures(long pid) {
        this.pid = pid;
        folder = Path.of("/proc", Long.toString(pid));
    }

    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(folder.resolve("fd"))) {
            return open.count();
        }
    }

    /** {@return the most that was resident at any time} */
    long peakResidentKib() throws IOException {
        String line = Files.readAllLines(folder.resolve("status")).stream()
                .filter(status -> status.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** {@return the bytes of all objects that a full collection leaves} */
    long liveHeapBytes() throws IOException, InterruptedException {
        String histogram = JCMD.succeed(pid, "GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new AssertionError("no total in the class histogram:\n" + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    /** {@return the kernel's id of the event loop's thread} */
    long loopThread() throws IOException {
        try (Stream<Path> tasks = Files.list(folder.resolve("task"))) {
            return tasks.filter(task -> name(task).equals("oneloop"))
                    .mapToLong(task -> Long.parseLong(task.getFileName().toString()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no thread is named oneloop"));
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException endedSinceItWasListed) {
            return "";
        }
    }
}
