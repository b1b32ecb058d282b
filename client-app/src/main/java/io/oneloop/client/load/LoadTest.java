package io.oneloop.client.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A load test as a library; it measures what the command {@code load} measures.
 *
 * <pre>{@code
 * LoadResult result = LoadTest.tcp("127.0.0.1", port).connections(50).rate(5_000)
 *         .duration(Duration.ofSeconds(5)).threshold("p99<20ms").run();
 * assertTrue(result.passed(), result::text);
 * }</pre>
 *
 * Not safe for use by several threads; {@link #run} blocks the thread that calls it, and runs the loops on its own.
 * Every setting has the default of the command. One that makes no sense is an {@link IllegalArgumentException}, thrown at
 * once or by {@link #run}.
 */
public final class LoadTest {

    private static final int SEQUENCE_BYTES = 64;

    private final boolean udp;
    private final String host;
    private final int port;
    private int connections = 1;
    private int threads = 1;
    private long requests;
    private long duration = Pacer.NEVER;
    private long warmup = -1;
    private double rate;
    private List<Stage> stages = List.of();
    private int pipeline = 1;
    private long think;
    private double connectRate = 4000;
    private long connectTimeout = 10_000_000_000L;
    private long timeout = -1;
    private long requestsPerConnection;
    private long lifetime;
    private SourceAddresses sources = SourceAddresses.ANY;
    private OnError onError = OnError.RECONNECT;
    private PayloadTemplate payload;
    private Expectation expectation = Expectation.ONELOOP;
    private int minSize;
    private int maxSize;
    private Path hlog;
    private boolean sequence;
    private final List<Threshold> thresholds = new ArrayList<>();

    private LoadTest(boolean udp, String host, int port) {
        this.udp = udp;
        this.host = Objects.requireNonNull(host, "host");
        this.port = port;
    }

    /** {@return a test of a TCP server} */
    public static LoadTest tcp(String host, int port) {
        return new LoadTest(false, host, port);
    }

    /** {@return a test of a UDP server} */
    public static LoadTest udp(String host, int port) {
        return new LoadTest(true, host, port);
    }

    /** {@return this} How many connections or UDP sockets; default 1. */
    public LoadTest connections(int value) {
        connections = value;
        return this;
    }

    /** {@return this} How many event loops share them; default 1. */
    public LoadTest threads(int value) {
        threads = value;
        return this;
    }

    /** {@return this} How long to measure; default 10 s, unless a number of requests is given. */
    public LoadTest duration(Duration value) {
        duration = value.toNanos();
        return this;
    }

    /** {@return this} Measures so many requests. */
    public LoadTest requests(long value) {
        requests = value;
        return this;
    }

    /** {@return this} How long to run before measuring; default a tenth of the duration, or nothing with a number of requests. */
    public LoadTest warmup(Duration value) {
        WrongValue.unless(!value.isNegative(), "wrong.span", "--warmup");
        warmup = value.toNanos();
        return this;
    }

    /**
     * {@return this} Open model: so many requests per second are due, whatever the server does. Without a rate or stages,
     * closed model.
     *
     * @throws IllegalArgumentException unless the rate is more than 0
     */
    public LoadTest rate(double perSecond) {
        WrongValue.unless(perSecond > 0, "wrong.rateOfZero", perSecond);
        rate = perSecond;
        return this;
    }

    /** {@return this} Open model with a rate for each stretch of time. */
    public LoadTest stages(List<Stage> value) {
        stages = List.copyOf(value);
        return this;
    }

    /** {@return this} The most requests in flight on a connection; default 1. Needs a server that answers each request. */
    public LoadTest pipeline(int value) {
        pipeline = value;
        return this;
    }

    /** {@return this} Closed model: how long a connection waits between a reply and its next request; default 0. */
    public LoadTest think(Duration value) {
        think = value.toNanos();
        return this;
    }

    /** {@return this} Connections opened per second in the ramp; those that replace others later are opened at once. Default 4000. */
    public LoadTest connectRate(double perSecond) {
        connectRate = perSecond;
        return this;
    }

    /** {@return this} How long a connect may take; default 10 s. */
    public LoadTest connectTimeout(Duration value) {
        connectTimeout = value.toNanos();
        return this;
    }

    /** {@return this} How long a reply may take; default 5 s, for UDP 1 s. */
    public LoadTest timeout(Duration value) {
        timeout = value.toNanos();
        return this;
    }

    /** {@return this} Replaces a connection after so many requests; default never. */
    public LoadTest requestsPerConnection(long value) {
        requestsPerConnection = value;
        return this;
    }

    /** {@return this} Replaces a connection after so long; default never. */
    public LoadTest connectionLifetime(Duration value) {
        lifetime = value.toNanos();
        return this;
    }

    /** {@return this} Addresses to connect from, {@code 127.0.0.2,127.1.0.0/16}; default the system's choice. */
    public LoadTest source(String addresses) {
        sources = SourceAddresses.parse(addresses);
        return this;
    }

    /** {@return this} What to do about an error; default {@link OnError#RECONNECT}. */
    public LoadTest onError(OnError value) {
        onError = value;
        return this;
    }

    /** {@return this} What each request is; default {@code hello} and a newline. */
    public LoadTest payload(byte[] bytes) {
        payload = PayloadTemplate.fixed(bytes.clone());
        return this;
    }

    /**
     * {@return this} What each request is, as {@code -m} of the command has it.
     *
     * @param text UTF-8, with the escapes {@code \n \r \t \0 \\ \xhh} written out; each {@code {n}} becomes the
     *     request's number, from 0
     * @throws IllegalArgumentException at an unknown escape, or if there is no byte in it
     */
    public LoadTest payloadTemplate(String text) {
        payload = PayloadTemplate.counted(Escapes.bytes(text));
        return this;
    }

    /**
     * {@return this} Repeats or cuts each request to between {@code minBytes} and {@code maxBytes}, both included: the
     * size is a pure function of the request's number, and a newline at the end stays there. Default: as it is.
     *
     * @throws IllegalArgumentException unless 1 &lt;= {@code minBytes} &lt;= {@code maxBytes}
     */
    public LoadTest size(int minBytes, int maxBytes) {
        PayloadTemplate.requireSizes(minBytes, maxBytes);
        minSize = minBytes;
        maxSize = maxBytes;
        return this;
    }

    /** {@return this} Writes the histograms of every interval as an HdrHistogram log, in nanoseconds; replaces the file. */
    public LoadTest hlog(Path file) {
        hlog = file;
        return this;
    }

    /** {@return this} What each reply must be, byte for byte; default oneloop's own reply. */
    public LoadTest expect(byte[] bytes) {
        expectation = Expectation.of(bytes.clone());
        return this;
    }

    /** {@return this} How many bytes a reply has, when it is not known which. */
    public LoadTest replyBytes(int length) {
        expectation = Expectation.ofLength(length);
        return this;
    }

    /**
     * {@return this} UDP against an echo server: numbers the datagrams, to see duplicates and reordering. Each reply must be
     * its request, whatever {@link #expect} or {@link #replyBytes} say.
     */
    public LoadTest sequence() {
        sequence = true;
        return this;
    }

    /** {@return this} A limit that the run must keep, such as {@code p99<5ms}; any number of them. */
    public LoadTest threshold(String text) {
        thresholds.add(Threshold.parse(text));
        return this;
    }

    private PayloadTemplate request() {
        PayloadTemplate template = payload == null ? PayloadTemplate.fixed(Escapes.bytes("hello\\n")) : payload;
        if (maxSize > 0) {
            return template.sized(minSize, maxSize);
        }
        // A number takes eight bytes, which the default request does not have.
        return payload == null && sequence ? template.sized(SEQUENCE_BYTES, SEQUENCE_BYTES) : template;
    }

    LoadPlan plan() throws IOException {
        WrongValue.unless(port >= 1 && port <= 65_535, "wrong.port", port);
        InetSocketAddress target = new InetSocketAddress(address(), port);
        List<Stage> schedule = stages;
        long length = requests == 0 && duration == Pacer.NEVER ? 10_000_000_000L : duration;
        WrongValue.unless(rate == 0 || stages.isEmpty(), "wrong.rateAndStages");
        if (!stages.isEmpty()) {
            length = stages.stream().mapToLong(Stage::nanos).reduce(0, Pacer::sum);
        } else if (rate > 0) {
            schedule = List.of(new Stage(length, rate));
        }
        long replyTimeout = timeout >= 0 ? timeout : udp ? 1_000_000_000L : 5_000_000_000L;
        return new LoadPlan(
                udp,
                target,
                connections,
                threads,
                requests,
                length,
                warmup,
                schedule,
                pipeline,
                think,
                connectRate,
                connectTimeout,
                replyTimeout,
                requestsPerConnection,
                lifetime,
                sources,
                onError,
                request(),
                expectation,
                sequence,
                thresholds);
    }

    private InetAddress address() throws UnknownHostException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            // The JDK's message goes on in the system's language.
            throw new UnknownHostException(host);
        }
    }

    /**
     * Runs the test, and returns when it is over.
     *
     * @throws IOException if the host is unknown, or the log of {@link #hlog} cannot be written
     * @throws IllegalArgumentException if a setting makes no sense
     * @throws IllegalStateException if this machine or the target does not allow the run; says why
     */
    public LoadResult run() throws IOException {
        LoadPlan plan = plan();
        Preflight.of(plan).require();
        if (hlog == null) {
            return new LoadRun(plan, LoadProgress.NONE).run();
        }
        try (HdrFiles.Log log = new HdrFiles.Log(hlog)) {
            return new LoadRun(plan, log).run();
        }
    }
}
