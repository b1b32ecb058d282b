package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import io.oneloop.Reply;
import io.oneloop.TcpConnection;
import io.oneloop.TcpListener;
import io.oneloop.client.load.Tally.Figure;
import io.oneloop.client.load.Threshold.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into the books of a measurement, and what does not. */
class BooksTest {

    @Test
    void errorsOfTheWarmUpDoNotMissAThreshold() throws Exception {
        int[] aborted = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (aborted[0] < 3) {
                aborted[0]++;
                connection.abort();
            } else {
                connection.send(StubServer.REPLY);
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .warmup(Duration.ofSeconds(3))
                    .duration(Duration.ofMillis(300))
                    .threshold("errors<=0")
                    .threshold("errors<0.1%")
                    .run();
            assertEquals(3, result.errors().total(), result::text);
            assertEquals(0, result.errors().measured(), result::text);
            assertTrue(result.passed(), result::text);
        }
    }

    @Test
    void secondRepliesInTheWarmUpAreNotMeasured() throws Exception {
        int[] received = {0};
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            socket.send(from, data);
            if (received[0]++ < 10) {
                socket.send(from, data);
            }
        })) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .sequence()
                    .warmup(Duration.ofMillis(700))
                    .duration(Duration.ofMillis(300))
                    .run();
            assertTrue(received[0] > 20, result::text);
            assertEquals(0, result.udp().duplicates(), result::text);
        }
    }

    /** One request is left unanswered, so there is a drain, in which the server has had enough of the idle. */
    @Test
    void aConnectionThatIsLostInTheDrainIsNotMeasured() throws Exception {
        List<TcpConnection> idle = new ArrayList<>();
        TcpConnection[] ignored = {null};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (ignored[0] == null) {
                ignored[0] = connection;
                connection.loop().after(1_900, TimeUnit.MILLISECONDS, () -> idle.forEach(TcpConnection::abort));
            } else if (connection != ignored[0]) {
                connection.send(StubServer.REPLY);
                if (!idle.contains(connection)) {
                    idle.add(connection);
                }
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(1))
                    .timeout(Duration.ofSeconds(2))
                    .onError(OnError.CONTINUE)
                    .run();
            assertEquals(2, result.errors().of(ErrorKind.READ_RESET), result::text);
            assertEquals(1, result.errors().measured(), result::text);
        }
    }

    /** Each reply has one wrong byte, and behind it comes what nobody asked for. */
    @Test
    void theBytesOfAnUnexpectedReplyAreNotThoseOfAWrongOne() throws Exception {
        Reply wrongAndMore = Reply.of("xahahahah----ok---" + "x".repeat(18));
        try (StubServer server = StubServer.tcp((connection, data) -> connection.send(wrongAndMore))) {
            LoadResult result =
                    LoadTest.tcp("127.0.0.1", server.port()).requests(5).run();
            assertEquals(5, result.errors().of(ErrorKind.REPLY_WRONG_BYTES), result::text);
            assertEquals(5, result.errors().of(ErrorKind.REPLY_UNEXPECTED), result::text);
            assertEquals(5, result.counts().wrongBytes(), result::text);
        }
    }

    /** Replies that come when nobody has looked yet for what is overdue. */
    @Test
    void aReplyAfterTheTimeoutIsNeverRight() throws Exception {
        EventLoop[] loop = {null};
        int[] received = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> loop[0].after(
                16 + received[0]++ % 9, TimeUnit.MILLISECONDS, () -> connection.send(StubServer.REPLY)))) {
            loop[0] = server.loop();
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(20)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(1))
                    .timeout(Duration.ofMillis(20))
                    .run();
            assertTrue(result.errors().of(ErrorKind.READ_TIMEOUT) > 0, result::text);
            result.serviceTime().ifPresent(times -> assertTrue(times.maxNanos() <= 20_040_000, result::text));
            assertEquals(result.sent(), result.succeeded() + result.errors().failedRequests(), result::text);
        }
    }

    /** A socket that its loop has closed stands for a kernel that takes no datagram. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheKernelRefusesIsAFailedRequest(boolean sequence) throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> {})) {
            LoadTest test = LoadTest.udp("127.0.0.1", server.port()).pipeline(3).requests(3);
            LoadPlan plan = (sequence ? test.sequence() : test).plan();
            CountDownLatch sent = new CountDownLatch(1);
            try (Worker worker = new Worker(plan, null, 0, (context, error) -> {}, () -> {})) {
                worker.loop().execute(() -> {
                    Lane lane = sequence ? new SequenceLane(worker, null) : new UdpLane(worker, null);
                    lane.open();
                    worker.ledger().measure(System.nanoTime(), System.nanoTime() + 1_000_000_000);
                    worker.loop().shutdown(0);
                    worker.loop().execute(() -> {
                        lane.send(3, System.nanoTime(), System.nanoTime());
                        sent.countDown();
                    });
                });
                assertTrue(sent.await(60, TimeUnit.SECONDS));
                ErrorSummary.Builder errors = new ErrorSummary.Builder();
                worker.ledger().errors().addTo(errors, 0);
                assertEquals(3, errors.build().of(ErrorKind.SEND_REFUSED));
                assertEquals(3, errors.build().failedRequests());
                assertEquals(3, worker.ledger().tally().get(Figure.SENT));
                assertEquals(0, worker.ledger().tally().get(Figure.IN_FLIGHT));
            }
        }
    }

    @Test
    void aServerThatStopsListeningIsRefused() throws Exception {
        try (EventLoop loop = EventLoop.start("stub", (context, error) -> {})) {
            TcpListener[] listener = {null};
            int[] received = {0};
            listener[0] = loop.listenTcp(new InetSocketAddress("127.0.0.1", 0), (connection, data) -> {
                if (++received[0] == 5) {
                    listener[0].close();
                }
                connection.send(StubServer.REPLY);
            });
            LoadResult result = LoadTest.tcp(
                            "127.0.0.1", listener[0].localAddress().getPort())
                    .requestsPerConnection(1)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(2))
                    .run();
            assertTrue(result.errors().of(ErrorKind.CONNECT_REFUSED) > 0, result::text);
            assertEquals(result.sent(), result.succeeded() + result.errors().failedRequests(), result::text);
        }
    }

    @Test
    void aServerThatDoesNotAcceptTimesOut() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LoadResult result = LoadTest.tcp("127.0.0.1", full.getLocalPort())
                    .connections(6)
                    .connectTimeout(Duration.ofMillis(200))
                    .timeout(Duration.ofMillis(100))
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofMillis(300))
                    .run();
            assertTrue(result.errors().of(ErrorKind.CONNECT_TIMEOUT) > 0, result::text);
        }
    }

    /** Every replacement asks for room anew, and must not take the place of another lane. */
    @Test
    void aLaneThatIsReplacedWhileItThinksKeepsNoOtherFromSending() {
        try (Metronome metronome = new Metronome("test", () -> {})) {
            Ledger ledger = new Ledger(true, false, () -> {});
            ClosedModel model = new ClosedModel(ledger, metronome, 1, Pacer.NEVER, 2);
            long now = System.nanoTime();
            model.begin(now, now, now + TimeUnit.HOURS.toNanos(1));
            FakeLane replaced = new FakeLane();
            FakeLane other = new FakeLane();
            for (int i = 0; i < 5; i++) {
                model.roomFreed(replaced, 1, now);
            }
            model.roomFreed(other, 1, now);
            model.beat();
            assertEquals(List.of(1), replaced.sent);
            assertEquals(List.of(1), other.sent);
        }
    }

    @Test
    void eachOfManyLanesIsSentOnAtItsOwnTime() {
        List<Long> sentAt = new ArrayList<>();
        Ledger ledger = new Ledger(true, false, () -> {});
        try (Metronome metronome = new Metronome("test", () -> {})) {
            ClosedModel model = new ClosedModel(ledger, metronome, 0, Pacer.NEVER, 2);
            long start = System.nanoTime();
            model.begin(start, start, start + TimeUnit.HOURS.toNanos(1));
            FakeLane slow = new FakeLane() {
                @Override
                public void send(int count, long due, long now) {
                    sentAt.add(now);
                    // So long does it take.
                    while (System.nanoTime() - now < 1_000) {
                        Thread.onSpinWait();
                    }
                    sentAt.add(System.nanoTime());
                }
            };
            Worker.offer(new Lane[] {slow, slow}, model);
            assertTrue(sentAt.get(2) - sentAt.get(1) >= 0, () -> "" + sentAt);
        }
    }

    private static class FakeLane implements Lane {
        private final List<Integer> sent = new ArrayList<>();
        private int queued;

        @Override
        public void open() {}

        @Override
        public int room() {
            return 1;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public void send(int count, long due, long now) {
            sent.add(count);
        }

        @Override
        public void sweep(long now) {}

        @Override
        public void giveUp(long now) {}

        @Override
        public int queued() {
            return queued;
        }

        @Override
        public void setQueued(int entries) {
            queued = entries;
        }
    }

    /** One request of four is never answered: 75 % have a time, and the others were longer than any of these. */
    @Test
    void whatWasNeverAnsweredWasLongerThanWhatWas() throws Exception {
        long[] reads = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (++reads[0] % 4 != 0) {
                connection.send(StubServer.REPLY);
            } else {
                connection.abort();
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(4)
                    .requests(40)
                    .onError(OnError.RECONNECT)
                    .threshold("p70<1m")
                    .threshold("p76<1m")
                    .threshold("max<1m")
                    .threshold("min<1m")
                    .run();
            assertEquals(30, result.succeeded(), result::text);
            assertEquals(
                    List.of(Verdict.KEPT, Verdict.MISSED, Verdict.MISSED, Verdict.KEPT),
                    result.plan().thresholds().stream()
                            .map(threshold -> threshold.judge(result))
                            .toList());
        }
    }

    /** The fifth of five requests at 10/s is due after 0.4 s, which would be 12.5/s. */
    @Test
    void aRateIsNotAboveItsScheduleForTheLackOfAnInterval() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .rate(10)
                    .requests(5)
                    .run();
            assertEquals(5, result.succeeded(), result::text);
            assertTrue(result.rate().orElseThrow() <= 10.0, result::text);
        }
    }

    @Test
    void tellsThatAServerAnswersMoreThanOnce() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> connection.send(StubServer.REPLY, 2))) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(10)
                    .onError(OnError.CONTINUE)
                    .run();
            assertTrue(result.text().contains("more replies came than requests were sent"), result::text);
        }
    }
}
