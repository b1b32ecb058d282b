package io.oneloop.client.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** A run in a JVM of its own, that prints what the loop's thread allocated once it had settled: bytes and requests. */
final class AllocationProbe implements LoadProgress {

    private static final int SETTLED_AFTER = 4;

    private int intervals;
    private long bytes;
    private long requests;
    private long bytesBefore;

    private AllocationProbe() {}

    /** Arguments: closed, open or udp, the port, and the number of connections. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        LoadTest test = args[0].equals("udp") ? LoadTest.udp("127.0.0.1", port) : LoadTest.tcp("127.0.0.1", port);
        test.connections(Integer.parseInt(args[2]))
                .duration(Duration.ofSeconds(8))
                .warmup(Duration.ofSeconds(1));
        if (args[0].equals("open")) {
            test.rate(5_000);
        }
        AllocationProbe probe = new AllocationProbe();
        LoadResult result = new LoadRun(test.plan(), probe).run();
        System.out.println(
                probe.bytes + " " + probe.requests + " " + result.errors().total());
    }

    @Override
    public void onInterval(Interval interval, long startMillis, long endMillis, Histogram response, Histogram service) {
        if (interval.seconds() == 0) {
            return;
        }
        long now = allocated();
        if (++intervals > SETTLED_AFTER) {
            bytes += now - bytesBefore;
            requests += interval.succeeded();
        }
        bytesBefore = now;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long loop = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals("load-0"))
                .findFirst()
                .orElseThrow()
                .getThreadId();
        return threads.getThreadAllocatedBytes(loop);
    }
}
