package io.oneloop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find 64 frames of 16 bytes in one read, and one that comes in two. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms64m", "-Xmx64m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FramerBenchmark {

    private static final int FRAMES = 64;

    private final ByteBuffer lines = repeated("fifteen bytes..\n");
    private final ByteBuffer prefixed = repeated("\0\016fourteen bytes");
    private final Framer lineFramer = Framer.lines(1024);
    private final Framer fixedFramer = Framer.fixedLength(16);
    private final Framer prefixFramer = Framer.lengthPrefixed(2, 1024);
    private int bytes;
    private final Consumer<ByteBuffer> onFrame = frame -> bytes += frame.remaining();

    private static ByteBuffer repeated(String frame) {
        byte[] all = frame.repeat(FRAMES).getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(all.length).put(all).flip();
    }

    /** Lines. */
    @Benchmark
    public int sixtyFourLines() {
        lineFramer.feed(lines.rewind(), onFrame);
        return bytes;
    }

    /** Frames of one length. */
    @Benchmark
    public int sixtyFourOfFixedLength() {
        fixedFramer.feed(lines.rewind(), onFrame);
        return bytes;
    }

    /** Frames behind their length. */
    @Benchmark
    public int sixtyFourLengthPrefixed() {
        prefixFramer.feed(prefixed.rewind(), onFrame);
        return bytes;
    }

    /** One line in two reads, which has to be kept in between. */
    @Benchmark
    public int oneLineInTwoReads() {
        lineFramer.feed(lines.limit(8).rewind(), onFrame);
        lineFramer.feed(lines.limit(16), onFrame);
        lines.limit(lines.capacity());
        return bytes;
    }
}
