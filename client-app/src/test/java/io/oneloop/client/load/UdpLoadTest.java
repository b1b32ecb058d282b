package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.EventLoop;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UdpLoadTest {

    @Test
    void everyDatagramIsAnsweredAndWhatCannotBeKnownIsNull() throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> socket.send(from, StubServer.REPLY))) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .connections(5)
                    .threads(2)
                    .requests(5_000)
                    .run();
            assertEquals(5_000, result.succeeded() + result.udp().lost(), result::text);
            assertTrue(result.succeeded() > 4_950, result::text);
            assertNull(result.udp().duplicates());
            assertNull(result.udp().reordered());
            assertNull(result.udp().jitterNanos());
            assertTrue(result.text().contains("duplicates n/a"), result::text);
            assertTrue(result.json().contains("\"duplicates\" : null"), result::json);
            assertTrue(result.connectTime().isEmpty());
        }
    }

    @Test
    void countsLostDatagramsExactlyAndNoLateReplyAnswersAnotherRequest() throws Exception {
        long[] received = {0};
        EventLoop[] loop = {null};
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            long n = received[0]++;
            if (n % 10 == 4) {
                return;
            }
            if (n % 10 == 8) {
                loop[0].after(2_250, TimeUnit.MILLISECONDS, () -> socket.send(from, StubServer.REPLY));
            } else {
                socket.send(from, StubServer.REPLY);
            }
        })) {
            loop[0] = server.loop();
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .requests(20)
                    .timeout(Duration.ofMillis(1_500))
                    .run();
            // The first datagram of all was the preflight's.
            assertEquals(4, result.udp().lost(), result::text);
            assertEquals(16, result.succeeded(), result::text);
            assertEquals(2, result.udp().late(), result::text);
            assertEquals(4, result.errors().of(ErrorKind.READ_TIMEOUT));
            assertTrue(result.serviceTime().orElseThrow().maxNanos() <= 1_503_000_000, result::text);
        }
    }

    @Test
    void withSequenceSeesDuplicatesAndReordering() throws Exception {
        ByteBuffer[] kept = {null};
        long[] received = {0};
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            long n = received[0]++;
            if (n == 0) {
                return;
            }
            if (n % 20 == 5) {
                kept[0] = ByteBuffer.allocateDirect(data.remaining()).put(data).flip();
                return;
            }
            socket.send(from, data);
            if (n % 20 == 6) {
                socket.send(from, kept[0]);
            }
            if (n % 20 == 10) {
                socket.send(from, data);
            }
        })) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .pipeline(4)
                    .sequence()
                    .payloadTemplate("{n} ")
                    .size(64, 64)
                    .requests(400)
                    .run();
            assertEquals(400, result.succeeded(), result::text);
            assertEquals(20, result.udp().reordered(), result::text);
            assertEquals(20, result.udp().duplicates(), result::text);
            assertEquals(0, result.udp().lost());
            assertNotNull(result.udp().jitterNanos());
        }
    }

    @Test
    void withSequenceAServerThatDoesNotEchoIsNamedAsSuch() throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> socket.send(from, StubServer.REPLY))) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .sequence()
                    .requests(2)
                    .timeout(Duration.ofMillis(100))
                    .run();
            assertEquals(0, result.succeeded(), result::text);
            assertTrue(result.text().contains("--mode echo"), result::text);
        }
    }

    @Test
    void withSequenceAChangedEchoIsWrong() throws Exception {
        long[] received = {0};
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            if (++received[0] % 10 == 0) {
                data.put(data.limit() - 1, (byte) '!');
            }
            socket.send(from, data);
        })) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .sequence()
                    .requests(199)
                    .run();
            assertEquals(20, result.errors().of(ErrorKind.REPLY_WRONG_BYTES), result::text);
            assertEquals(179, result.succeeded(), result::text);
        }
    }

    /** However many are sent while one is in flight, that one is lost in its time, and answered late for what it is. */
    @Test
    void withSequenceALostDatagramIsLostHoweverManyFollowIt() throws Exception {
        ByteBuffer[] kept = {null};
        long[] received = {0};
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            long n = received[0]++;
            if (n == 10) {
                kept[0] = ByteBuffer.allocateDirect(data.remaining()).put(data).flip();
            } else if (n == 20) {
                return;
            } else {
                socket.send(from, data);
            }
            if (n == 15_000) {
                socket.send(from, kept[0]);
                socket.send(from, kept[0]);
            }
        })) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .pipeline(4)
                    .sequence()
                    .requests(20_000)
                    .timeout(Duration.ofSeconds(3))
                    .run();
            assertEquals(20_000, result.sent(), result::text);
            assertEquals(20_000, result.succeeded() + result.errors().failedRequests(), result::text);
            assertEquals(19_999, result.succeeded() + result.udp().late(), result::text);
            assertEquals(1, result.udp().duplicates(), result::text);
            assertEquals(1, result.udp().lost() - result.udp().late(), result::text);
            assertEquals(LoadResult.End.COMPLETE, result.end());
        }
    }

    @Test
    void latencyIsNotAvailableWhenRepliesCannotBeToldApart() throws Exception {
        long[] received = {0};
        try (StubServer server = StubServer.udp((socket, from, data) -> {
            if (received[0]++ % 50 != 7) {
                socket.send(from, StubServer.REPLY);
            }
        })) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .pipeline(4)
                    .requests(200)
                    .timeout(Duration.ofMillis(50))
                    .run();
            assertTrue(result.udp().lost() > 0, result::text);
            assertTrue(result.serviceTime().isEmpty());
            assertTrue(result.text().contains("latency is n/a"), result::text);
            assertNull(result.udp().late());
            assertTrue(result.text().contains("late n/a"), result::text);
            assertTrue(result.intervals().stream().allMatch(i -> i.maxNanos() < 0), () -> "" + result.intervals());
        }
    }

    private static StubServer answeringTwice() throws IOException {
        return StubServer.udp((socket, from, data) -> {
            socket.send(from, StubServer.REPLY);
            socket.send(from, StubServer.REPLY);
        });
    }

    /** The second reply to one request is the first to come after the next was sent, and so on to the end. */
    @Test
    void latencyIsNotAvailableWhenEachIsAnsweredTwice() throws Exception {
        try (StubServer server = answeringTwice()) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .requests(200)
                    .threshold("max<1h")
                    .run();
            assertEquals(200, result.succeeded(), result::text);
            assertTrue(result.serviceTime().isEmpty(), result::text);
            assertTrue(result.text().contains("latency is n/a: more datagrams came"), result::text);
            assertTrue(result.intervals().stream().allMatch(i -> i.maxNanos() < 0), () -> "" + result.intervals());
            assertFalse(result.passed(), result::text);
        }
    }

    /** A request every 20 ms: whatever comes again finds none in flight, and the first reply alone has a time. */
    @Test
    void aSecondReplyThatMeetsNoRequestCostsNoLatency() throws Exception {
        try (StubServer server = answeringTwice()) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .connections(20)
                    .rate(50)
                    .requests(20)
                    .run();
            assertEquals(20, result.succeeded(), result::text);
            assertTrue(result.errors().of(ErrorKind.REPLY_UNEXPECTED) > 0, result::text);
            assertEquals(20, result.responseTime().orElseThrow().count(), result::text);
            assertTrue(result.text().contains("more replies came than requests were sent"), result::text);
        }
    }

    @Test
    void aDatagramOfAnotherLengthIsWrong() throws Exception {
        ByteBuffer longer = ByteBuffer.allocateDirect(19)
                .put(Escapes.bytes("hahahahah----ok----"))
                .flip();
        try (StubServer server = StubServer.udp((socket, from, data) -> socket.send(from, longer))) {
            LoadResult result =
                    LoadTest.udp("127.0.0.1", server.port()).requests(10).run();
            assertEquals(10, result.errors().of(ErrorKind.REPLY_WRONG_BYTES), result::text);
        }
    }

    @Test
    void refusesAPortWhereNobodyListens() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> LoadTest.udp("127.0.0.1", port)
                .run());
        assertTrue(refused.getMessage().contains("nobody listens"), refused::getMessage);
    }

    @Test
    void reportsAServerThatGoesAway() throws Exception {
        StubServer server = StubServer.udp((socket, from, data) -> {
            socket.send(from, StubServer.REPLY);
            socket.close();
        });
        try (server) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .duration(Duration.ofMillis(500))
                    .timeout(Duration.ofMillis(100))
                    .warmup(Duration.ZERO)
                    .run();
            assertTrue(result.udp().unreachable() > 0, result::text);
            assertEquals(0, result.succeeded());
            assertEquals(result.sent(), result.errors().failedRequests(), result::text);
        }
    }
}
