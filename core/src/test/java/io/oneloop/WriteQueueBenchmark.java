package io.oneloop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to queue and to drain, without the kernel: a channel that takes everything. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms64m", "-Xmx64m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WriteQueueBenchmark {

    private final WriteQueue queue = new WriteQueue(TcpOptions.DEFAULT);
    private final LoopBuffers buffers = new LoopBuffers();
    private final Reply reply = Reply.of("hahahahah----ok---");
    private final ByteBuffer data = ByteBuffer.allocateDirect(1024);
    private final WritableByteChannel channel = new TakesAll();

    /** One reply, as for a request that came alone. */
    @Benchmark
    public int oneReply() throws IOException {
        queue.add(reply, 1);
        return queue.drainTo(channel, buffers);
    }

    /** Sixteen replies, as for requests that came together. */
    @Benchmark
    public int sixteenReplies() throws IOException {
        queue.add(reply, 16);
        return queue.drainTo(channel, buffers);
    }

    /** A copy of a kilobyte, for which the ring has to be made anew. */
    @Benchmark
    public int oneCopy() throws IOException {
        queue.add(data.clear());
        return queue.drainTo(channel, buffers);
    }

    private static final class TakesAll implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int taken = source.remaining();
            source.position(source.limit());
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
