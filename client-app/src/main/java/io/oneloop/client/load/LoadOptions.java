package io.oneloop.client.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to send where: the options of {@code load} that decide what is measured. */
final class LoadOptions {

    private static final Pattern TARGET = Pattern.compile("(?:(tcp|udp)://)?(\\[[^\\]]+\\]|[^:/\\s]+):(\\d{1,5})/?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

    @Parameters(
            paramLabel = "TARGET",
            description = "tcp://HOST:PORT or udp://HOST:PORT; without a scheme, TCP. IPv6 as [::1]:7890.")
    private String target;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            defaultValue = "1",
            converter = Count.class,
            description = "Connections, or UDP sockets (default: ${DEFAULT-VALUE}).")
    private long connections;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Event loops that share them (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long to measure: 500ms, 10s, 2m (default: 10s, without end if -n is given).")
    private Duration duration;

    @Option(
            names = {"-n", "--requests"},
            paramLabel = "N",
            converter = Count.class,
            description = "Measure so many requests (default: as many as the duration has).")
    private Long requests;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Run so long before measuring (default: a tenth of the duration; 0 with -n).")
    private Duration warmup;

    @Option(
            names = {"-R", "--rate"},
            paramLabel = "RATE",
            converter = Rate.class,
            description = "Open model: requests due per second over all connections, such as 500 or 50k. Without"
                    + " it, closed model: each connection sends its next request when the answer is there.")
    private Double rate;

    @Option(
            names = "--stages",
            paramLabel = "STAGES",
            description = "Open model in stages: 10s@1k,30s@5k. Sets the duration.")
    private String stages;

    @Option(
            names = "--pipeline",
            paramLabel = "N",
            defaultValue = "1",
            description = "Requests in flight per connection (default: ${DEFAULT-VALUE}). More than 1 needs a server"
                    + " that answers each request: oneloop's with --per line, and a payload that ends in \\n.")
    private int pipeline;

    @Option(
            names = "--think",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Closed model: wait between an answer and the next request (default: 0).")
    private Duration think;

    @Option(
            names = "--connect-rate",
            paramLabel = "RATE",
            converter = Rate.class,
            defaultValue = "4000",
            description =
                    "Connections opened per second in the ramp; later ones, in place of others, are opened at once"
                            + " (default: ${DEFAULT-VALUE}).")
    private double connectRate;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            defaultValue = "10s",
            description = "How long a connect may take (default: ${DEFAULT-VALUE}).")
    private Duration connectTimeout;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long an answer may take; also how long the drain waits (default: 5s, for UDP 1s).")
    private Duration timeout;

    @Option(
            names = "--requests-per-conn",
            paramLabel = "N",
            converter = Count.class,
            description = "Replace a connection after so many requests; 1 is churn (default: never).")
    private Long requestsPerConnection;

    @Option(
            names = "--conn-lifetime",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Replace a connection after so long (default: never).")
    private Duration lifetime;

    @Option(
            names = "--source",
            paramLabel = "IP,CIDR",
            description = "Addresses to connect from, in turn, to go past the ports of one: 127.0.0.0/8 needs no"
                    + " set-up on loopback (default: the system's choice).")
    private String source;

    @Option(
            names = "--on-error",
            paramLabel = "continue|reconnect|stop",
            defaultValue = "reconnect",
            description = "continue: go on with what is left; reconnect: replace a connection that was lost or timed"
                    + " out; stop: end the run (default: ${DEFAULT-VALUE}).")
    private OnError onError;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description =
                    "Each request, with escapes \\n \\r \\t \\0 \\\\ \\xhh; {n} is its number (default: hello\\n).")
    private String message;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Each request is the content of FILE.")
    private Path file;

    @Option(
            names = "--size",
            paramLabel = "N[..M]",
            description = "Repeat or cut each request to N bytes, or to between N and M (default: as it is).")
    private String size;

    @Option(
            names = "--expect",
            paramLabel = "TEXT",
            description = "Each reply, byte for byte, with the same escapes (default: hahahahah----ok---).")
    private String expect;

    @Option(names = "--reply-bytes", paramLabel = "N", description = "Each reply has N bytes, whichever they are.")
    private Integer replyBytes;

    @Option(
            names = "--sequence",
            description = "UDP against an echo server: number the datagrams, to see duplicates, reordering, jitter.")
    private boolean sequence;

    @Option(
            names = "--threshold",
            paramLabel = "LIMIT",
            description = "Exit with 99 unless the run keeps it: 'p99<5ms', 'errors<0.1%%', 'rate>40k'; repeatable.")
    private List<String> thresholds = List.of();

    /**
     * @throws WrongValue saying what makes no sense
     * @throws IOException if the file cannot be read
     */
    LoadTest test() throws IOException {
        Matcher m = TARGET.matcher(target);
        WrongValue.unless(m.matches(), "wrong.target", target);
        String host = m.group(2);
        int port = Integer.parseInt(m.group(3));
        LoadTest test = "udp".equals(m.group(1)) ? LoadTest.udp(host, port) : LoadTest.tcp(host, port);
        test.connections((int) Math.min(Integer.MAX_VALUE, connections))
                .threads(threads)
                .pipeline(pipeline)
                .connectRate(connectRate)
                .connectTimeout(connectTimeout)
                .onError(onError);
        model(test);
        lives(test);
        content(test);
        thresholds.forEach(test::threshold);
        return test;
    }

    private void model(LoadTest test) {
        if (duration != null) {
            test.duration(duration);
        }
        if (requests != null) {
            WrongValue.unless(requests > 0, "wrong.requests");
            test.requests(requests);
        }
        if (warmup != null) {
            test.warmup(warmup);
        }
        if (rate != null) {
            test.rate(rate);
        }
        if (stages != null) {
            WrongValue.unless(duration == null, "wrong.stagesAndDuration");
            test.stages(Stage.parse(stages));
        }
        if (think != null) {
            test.think(think);
        }
    }

    private void lives(LoadTest test) {
        if (timeout != null) {
            test.timeout(timeout);
        }
        if (requestsPerConnection != null) {
            test.requestsPerConnection(requestsPerConnection);
        }
        if (lifetime != null) {
            test.connectionLifetime(lifetime);
        }
        if (source != null) {
            test.source(source);
        }
    }

    private void content(LoadTest test) throws IOException {
        WrongValue.unless(message == null || file == null, "wrong.messageAndFile");
        WrongValue.unless(expect == null || replyBytes == null, "wrong.expectAndReplyBytes");
        WrongValue.unless(!sequence || expect == null && replyBytes == null, "wrong.sequenceAndExpect");
        if (file != null) {
            FileFailure.ifFolder(file);
            test.payload(Files.readAllBytes(file));
        }
        if (message != null) {
            test.payloadTemplate(message);
        }
        if (size != null) {
            Matcher m = SIZE.matcher(size);
            WrongValue.unless(m.matches(), "wrong.size", size);
            int min = Integer.parseInt(m.group(1));
            test.size(min, m.group(2) == null ? min : Integer.parseInt(m.group(2)));
        }
        if (expect != null) {
            test.expect(Escapes.bytes(expect));
        }
        if (replyBytes != null) {
            test.replyBytes(replyBytes);
        }
        if (sequence) {
            test.sequence();
        }
    }

    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Duration.ofNanos(Quantity.nanos(text));
        }
    }

    static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            double count = Quantity.count(text);
            WrongValue.unless(count == Math.rint(count), "wrong.notWhole", text);
            return (long) count;
        }
    }

    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return Quantity.count(text);
        }
    }
}
