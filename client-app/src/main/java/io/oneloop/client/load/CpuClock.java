package io.oneloop.client.load;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The CPU time of the loops and the pauses of the collector, from one moment on. */
final class CpuClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long startNanos = System.nanoTime();
    private final List<Worker> workers;
    private final long[] cpuNanos;
    private final long gcMillis;
    private final long gcCount;

    CpuClock(List<Worker> workers) {
        this.workers = workers;
        cpuNanos = workers.stream().mapToLong(CpuClock::cpuNanos).toArray();
        gcMillis = gcMillisNow();
        gcCount = gcCountNow();
    }

    /** {@return the busiest loop's share of one processor, or null if the JVM does not say} */
    Double busiestLoop() {
        double elapsed = System.nanoTime() - startNanos;
        Double busiest = null;
        for (int i = 0; i < cpuNanos.length; i++) {
            long now = cpuNanos(workers.get(i));
            if (now >= 0 && cpuNanos[i] >= 0 && elapsed > 0) {
                double share = (now - cpuNanos[i]) / elapsed;
                busiest = busiest == null ? share : Math.max(busiest, share);
            }
        }
        return busiest;
    }

    long gcNanos() {
        return TimeUnit.MILLISECONDS.toNanos(gcMillisNow() - gcMillis);
    }

    long gcCount() {
        return gcCountNow() - gcCount;
    }

    private static long cpuNanos(Worker worker) {
        return THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(worker.threadId()) : -1;
    }

    private static long gcMillisNow() {
        return collectors().stream()
                .mapToLong(gc -> Math.max(0, gc.getCollectionTime()))
                .sum();
    }

    private static long gcCountNow() {
        return collectors().stream()
                .mapToLong(gc -> Math.max(0, gc.getCollectionCount()))
                .sum();
    }

    private static List<GarbageCollectorMXBean> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans();
    }
}
