package io.oneloop.server.counts;

import static io.oneloop.server.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The system calls of one thread, as strace counts them. */
final class SystemCalls {

    private final Map<String, Long> calls = new TreeMap<>();

    private SystemCalls() {}

    /** {@return what {@code thread} calls while {@code work} runs} */
    static SystemCalls count(long thread, Path scratch, Work work) throws Exception {
        Path output = scratch.resolve("strace-" + thread);
        Process strace = start(thread, output);
        await().alias("strace attaches to " + thread + "; that takes the right to trace (CAP_SYS_PTRACE)")
                .failFast(() -> !strace.isAlive())
                .until(() -> !Files.readString(Path.of("/proc/" + thread + "/status"))
                        .contains("TracerPid:\t0\n"));
        try {
            work.run();
        } finally {
            strace.destroy();
            strace.waitFor(60, TimeUnit.SECONDS);
        }
        SystemCalls counted = new SystemCalls();
        Files.readAllLines(output).forEach(counted::add);
        return counted;
    }

    private static Process start(long thread, Path output) {
        try {
            return new ProcessBuilder("strace", "-c", "-o", output.toString(), "-p", Long.toString(thread))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("strace is missing; install the Debian package strace", e);
        }
    }

    /** Lines such as {@code 49.50  0.035  17  2000  3 read}, where the errors may be left out. */
    private void add(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length >= 5 && words[0].matches("[\\d.]+") && !words[words.length - 1].equals("total")) {
            calls.put(words[words.length - 1], Long.parseLong(words[3]));
        }
    }

    long of(String... names) {
        Set<String> wanted = Set.of(names);
        return calls.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** {@return all others; not counted are those of the JVM itself, for safepoints and classes} */
    long besideWaiting() {
        return calls.values().stream().mapToLong(Long::longValue).sum()
                - of("epoll_wait")
                - of("futex", "gettid", "madvise", "mmap", "mprotect", "pread64", "rt_sigreturn", "sched_yield");
    }

    @Override
    public String toString() {
        return calls.toString();
    }

    interface Work {
        void run() throws Exception;
    }
}
