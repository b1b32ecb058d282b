package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import io.oneloop.client.load.LoadResult.End;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What happens to connections, and that every request is in the books. */
class ConnectionLivesTest {

    @Test
    void replacesAConnectionAfterItsRequests() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(4)
                    .requests(1_000)
                    .requestsPerConnection(5)
                    .run();
            assertEquals(1_000, result.succeeded(), result::text);
            assertEquals(0, result.errors().total(), result::text);
            assertTrue(result.counts().connected() >= 200, result::text);
        }
    }

    @Test
    void replacesAConnectionAfterItsLifetime() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .duration(Duration.ofSeconds(2))
                    .connectionLifetime(Duration.ofMillis(100))
                    .run();
            assertEquals(0, result.errors().total(), result::text);
            // More often than anybody looks for what is overdue, which is every 250 ms.
            assertTrue(result.counts().connected() > 18, result::text);
        }
    }

    @Test
    void reconnectsWhenTheServerClosesAndCountsIt() throws Exception {
        long[] reads = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (++reads[0] % 10 == 0) {
                connection.abort();
            } else {
                connection.send(StubServer.REPLY);
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .requests(500)
                    .run();
            assertEquals(500, result.sent(), result::text);
            assertEquals(50, result.errors().of(ErrorKind.READ_RESET), result::text);
            assertBalanced(result);
        }
    }

    @Test
    void goesOnWithWhatIsLeftIfToldTo() throws Exception {
        Set<Object> doomed = ConcurrentHashMap.newKeySet();
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (doomed.isEmpty() || doomed.contains(connection)) {
                doomed.add(connection);
                connection.close();
            } else {
                connection.send(StubServer.REPLY);
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .duration(Duration.ofSeconds(2))
                    .warmup(Duration.ZERO)
                    .onError(OnError.CONTINUE)
                    .run();
            assertEquals(1, result.errors().of(ErrorKind.READ_CLOSED), result::text);
            assertEquals(3, result.counts().connected());
            assertEquals(End.COMPLETE, result.end());
            assertBalanced(result);
        }
    }

    @Test
    void stopsAtTheFirstErrorIfToldTo() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> connection.abort())) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .duration(Duration.ofMinutes(5))
                    .onError(OnError.STOP)
                    .run();
            assertEquals(End.STOPPED, result.end());
            assertEquals(1, LoadCommand.exitCode(result));
        }
    }

    @Test
    void aRequestWithoutAnAnswerIsATimeoutAndIsCounted() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> {})) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .duration(Duration.ofSeconds(2))
                    .timeout(Duration.ofMillis(100))
                    .warmup(Duration.ZERO)
                    .run();
            assertTrue(result.errors().of(ErrorKind.READ_TIMEOUT) >= 6, result::text);
            assertEquals(0, result.succeeded());
            assertTrue(result.serviceTime().isEmpty());
            assertFalse(result.passed());
            assertBalanced(result);
        }
    }

    @Test
    void aRunOfSoManyRequestsEndsEvenIfNothingIsAnswered() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> {})) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .requests(1_000_000)
                    .timeout(Duration.ofMillis(100))
                    .connectTimeout(Duration.ofMillis(300))
                    .run();
            assertEquals(End.STALLED, result.end());
        }
    }

    @Test
    void namesAServerThatAnswersOncePerReadWhenPipelining() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(2)
                    .pipeline(8)
                    .duration(Duration.ofMillis(300))
                    .timeout(Duration.ofMillis(200))
                    .warmup(Duration.ZERO)
                    .run();
            assertTrue(result.text().contains("needs --per line"), result::text);
            assertBalanced(result);
        }
    }

    @Test
    void pipelinesAgainstAServerThatAnswersPerLine() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> {
            while (data.hasRemaining()) {
                if (data.get() == '\n') {
                    connection.send(StubServer.REPLY);
                }
            }
        })) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(3)
                    .pipeline(16)
                    .requests(20_000)
                    .payloadTemplate("request {n}\\n")
                    .size(8, 40)
                    .run();
            assertEquals(20_000, result.succeeded(), result::text);
            assertEquals(0, result.errors().total(), result::text);
        }
    }

    @Test
    void moreRepliesThanRequestsAreAnErrorOfTheirOwn() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> connection.send(StubServer.REPLY, 2))) {
            LoadResult result =
                    LoadTest.tcp("127.0.0.1", server.port()).requests(100).run();
            assertTrue(result.errors().of(ErrorKind.REPLY_UNEXPECTED) >= 1, result::text);
        }
    }

    @Test
    void thinksBetweenRequests() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(4)
                    .think(Duration.ofMillis(50))
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(1))
                    .run();
            // Never more often than the think time allows, however slow the machine is.
            assertTrue(result.sent() > 0 && result.sent() <= 4 * 20, result::text);
            assertBalanced(result);
        }
    }

    @Test
    void doesNotThinkAboutTheFirstRequest() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(4)
                    .think(Duration.ofHours(1))
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofSeconds(2))
                    .run();
            assertEquals(4, result.succeeded(), result::text);
        }
    }

    @Test
    void largeRequestsAndEchoesGoThrough() throws Exception {
        byte[] big = new byte[300_000];
        new Random(1).nextBytes(big);
        try (StubServer server = StubServer.tcp((connection, data) -> connection.send(data))) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(4)
                    .requests(200)
                    .payload(big)
                    .expect(big)
                    .run();
            assertEquals(200, result.succeeded(), result::text);
        }
    }

    @Test
    void comesFromTheGivenAddressesInTurn() throws Exception {
        Set<InetAddress> seen = ConcurrentHashMap.newKeySet();
        try (StubServer server = StubServer.tcp((connection, data) -> {
            seen.add(connection.remoteAddress().getAddress());
            connection.send(StubServer.REPLY);
        })) {
            LoadTest.tcp("127.0.0.1", server.port())
                    .connections(9)
                    .threads(2)
                    .requests(100)
                    .source("127.0.0.0/29")
                    .run();
            assertEquals(6, seen.size());
        }
    }

    @Test
    void runsInStages() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(4)
                    .stages(List.of(new Stage(200_000_000, 100), new Stage(200_000_000, 1000)))
                    .warmup(Duration.ZERO)
                    .run();
            assertEquals(220, result.sent(), result::text);
            assertBalanced(result);
        }
    }

    @Test
    void refusesATargetWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> LoadTest.tcp("127.0.0.1", port)
                .run());
        assertTrue(refused.getMessage().contains("connect tcp 127.0.0.1:" + port), refused::getMessage);
    }

    @Test
    void refusesMoreConnectionsThanTheMachineHasPortsOrDescriptors() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadTest test = LoadTest.tcp("127.0.0.1", server.port()).connections(9_000_000);
            String problems = Preflight.of(test.plan()).problems().toString();
            assertTrue(problems.contains(" descriptors, ") && problems.contains(" ports of one address"), problems);
            long accepted = server.loop().stats().get(Counter.ACCEPTED);
            assertThrows(IllegalStateException.class, test::run);
            assertTrue(server.loop().stats().get(Counter.ACCEPTED) <= accepted + 2);
        }
    }

    /** sent = succeeded + what each error cost. */
    private static void assertBalanced(LoadResult result) {
        assertEquals(result.sent(), result.succeeded() + result.errors().failedRequests(), result::text);
        assertNull(result.udp());
    }
}
