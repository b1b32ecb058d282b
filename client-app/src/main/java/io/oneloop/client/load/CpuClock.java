package io.oneloop.client.load;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The CPU time of the loops and the pauses of the collector, from one moment on. Making it takes tens of milliseconds, since
 * the JVM then loads what it tells of itself with: that is not to be in the time that is measured.
 */
final class CpuClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Worker> workers;
    private long startNanos;
    private long[] cpuNanos;
    private long gcMillis;
    private long gcCount;

    CpuClock(List<Worker> workers) {
        this.workers = workers;
        start();
    }

    /** What it tells is from now on. */
    void start() {
        startNanos = System.nanoTime();
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
        boolean hasBegun = worker.threadId() > 0;
        return hasBegun && THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(worker.threadId()) : -1;
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
