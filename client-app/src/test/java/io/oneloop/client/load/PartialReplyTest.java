package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.Reply;
import io.oneloop.TcpHandler;
import io.oneloop.client.load.LoadProgress.Phase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that answers with less than is expected looks as if it did not answer at all. */
class PartialReplyTest {

    private static final Reply SHORT = Reply.of("hahah");
    private static final TcpHandler SENDS_LESS = (connection, data) -> connection.send(SHORT);

    @Test
    void aReportSaysHowManyWereHowShort() throws Exception {
        try (StubServer server = StubServer.tcp(SENDS_LESS)) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .payloadTemplate("x")
                    .connections(3)
                    .requests(3)
                    .timeout(Duration.ofMillis(500))
                    .run();
            assertEquals(3, result.errors().of(ErrorKind.READ_TIMEOUT), result::text);
            assertEquals(3, result.counts().partialReplies(), result::text);
            assertTrue(result.text().contains("3 replies had 5 bytes on average instead of 18"), result::text);
            assertFalse(result.text().contains("nothing was answered"), result::text);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OnError.class,
            names = {"CONTINUE", "RECONNECT"})
    void alsoWhereTheConnectionIsKept(OnError onError) throws Exception {
        try (StubServer server = StubServer.tcp(SENDS_LESS)) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(1)
                    .timeout(Duration.ofMillis(500))
                    .onError(onError)
                    .run();
            assertTrue(result.text().contains("1 reply had 5 bytes instead of 18"), result::text);
        }
    }

    @Test
    void alsoWhereTheServerEndsIt() throws Exception {
        try (StubServer server = StubServer.tcp((connection, data) -> {
            connection.send(SHORT);
            connection.close();
        })) {
            LoadResult result =
                    LoadTest.tcp("127.0.0.1", server.port()).requests(1).run();
            assertEquals(1, result.errors().of(ErrorKind.READ_CLOSED), result::text);
            assertTrue(result.text().contains("1 reply had 5 bytes instead of 18"), result::text);
        }
    }

    /** What is cut off by us was not short. */
    @Test
    void whatAnInterruptedRunDidNotWaitForIsNotShort() throws Exception {
        try (StubServer server = StubServer.tcp(SENDS_LESS)) {
            LoadPlan plan = LoadTest.tcp("127.0.0.1", server.port())
                    .timeout(Duration.ofMinutes(10))
                    .duration(Duration.ofMillis(50))
                    .plan();
            AtomicReference<LoadRun> run = new AtomicReference<>();
            run.set(new LoadRun(plan, new LoadProgress() {
                @Override
                public void onMoment(Moment moment) {
                    if (moment.phase() == Phase.DRAIN) {
                        run.get().interrupt();
                    }
                }
            }));
            LoadResult result = run.get().run();
            assertEquals(5, result.counts().bytesReceived(), result::text);
            assertEquals(0, result.counts().partialReplies(), result::text);
        }
    }

    @Test
    void aDatagramIsWrongAndItsLengthIsTheExample() throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> socket.send(from, SHORT))) {
            LoadResult result =
                    LoadTest.udp("127.0.0.1", server.port()).requests(2).run();
            assertEquals(2, result.errors().of(ErrorKind.REPLY_WRONG_BYTES), result::text);
            assertTrue(result.text().contains("e.g. a datagram has 5 bytes instead of 18"), result::text);
        }
    }
}
