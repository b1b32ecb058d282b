package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel takes a few bytes at a time, and peers leave at any moment. */
class TornStreamTest {

    private static final String MESSAGE = "hahahahah----ok---";
    private static final Reply REPLY = Reply.of(MESSAGE);
    private static final int CLIENTS = 5;
    private static final int REQUESTS = 200;
    private static final long SEED = 718;

    private final HandDrivenLoop driver = new HandDrivenLoop();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    /** An 'r' is answered by the reply, which is owed as a count; any other letter by copies of itself. */
    private static void answer(TcpConnection connection, ByteBuffer data) {
        while (data.hasRemaining()) {
            char request = (char) data.get();
            if (request == 'r') {
                connection.send(REPLY);
            } else {
                connection.send(ByteBuffer.wrap(copies(request).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static String copies(char request) {
        return String.valueOf(request).repeat(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 17, 19})
    void everyStreamIsExactWhenTheKernelTakesSoManyBytesOfEachWrite(int bytes) throws IOException {
        driver.platform.writeChunk = bytes;
        TcpListener listener = driver.listen(TornStreamTest::answer);
        Random random = new Random(SEED);
        List<TestClient> clients = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            StringBuilder requests = new StringBuilder();
            StringBuilder answers = new StringBuilder();
            for (int j = 0; j < REQUESTS; j++) {
                char request = random.nextInt(3) > 0 ? 'r' : (char) ('A' + random.nextInt(26));
                requests.append(request);
                answers.append(request == 'r' ? MESSAGE : copies(request));
            }
            clients.add(driver.connect(listener).send(requests.toString()).finish());
            expected.add(answers.toString());
        }
        driver.turnUntil("end of each", () -> clients.stream().allMatch(TestClient::sawEnd));
        for (int i = 0; i < CLIENTS; i++) {
            assertEquals(expected.get(i), clients.get(i).received(), "with seed " + SEED);
        }
        assertEquals(0, driver.loop.stats().get(Counter.BYTES_DISCARDED));
    }

    @Test
    void everyStreamIsExactWhenItComesAndGoesInSlicesAndEndsLate() throws IOException {
        driver.platform.readChunk = 1;
        driver.platform.writeChunk = 5;
        TcpListener listener = driver.listen(TornStreamTest::answer);
        TestClient client = driver.connectAccepted(listener);
        String requests = "rXrrYr".repeat(20);
        for (int i = 0; i < requests.length(); i++) {
            client.send(requests.substring(i, i + 1));
            driver.platform.emptyReads = i % 3;
            driver.turns(i % 5);
        }
        String answers =
                requests.replace("r", MESSAGE).replace("X", copies('X')).replace("Y", copies('Y'));
        driver.turnUntil("answers", () -> client.receivedCount() == answers.length());
        driver.pass(60_000);
        assertFalse(client.sawEnd());
        client.finish();
        driver.turnUntil("end", client::sawEnd);
        assertEquals(answers, client.received());
    }

    @Test
    void streamThatIsCutIsTheBeginningOfTheAnswersAndTheEndIsCounted() throws IOException {
        driver.platform.writeChunk = 5;
        TcpListener listener = driver.listen(TornStreamTest::answer);
        TestClient client = driver.connectAccepted(listener).send("rrrr");
        driver.turnUntil("beginning", () -> client.receivedCount() > MESSAGE.length());
        assertTrue(MESSAGE.repeat(4).startsWith(client.received()));
        client.reset();
        driver.turnUntil("end", () -> driver.loop.stats().closed(CloseReason.NETWORK_ERROR) == 1);
        assertBalanced();
    }

    @Test
    void resetAtAnyMomentEndsThatConnectionAloneAndLeavesNothingBehind() throws IOException {
        TcpListener listener = driver.listen(TornStreamTest::answer);
        TestClient healthy = driver.connectAccepted(listener);
        int registered = driver.loop.reactor().selector().keys().size();
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            driver.platform.writeChunk = random.nextInt(20);
            TestClient client = driver.connect(listener);
            driver.turns(random.nextInt(2));
            client.send("r".repeat(random.nextInt(50)));
            driver.turns(random.nextInt(3));
            if (random.nextBoolean()) {
                client.reset();
            } else {
                client.close();
            }
        }
        driver.platform.writeChunk = Integer.MAX_VALUE;
        driver.turnUntil("only one is left", () -> driver.loop.stats().open() == 1);
        assertEquals(registered, driver.loop.reactor().selector().keys().size());
        assertEquals(
                1,
                driver.platform.streams.stream().filter(ChunkedChannel::isOpen).count());
        healthy.send("r");
        driver.turnUntil("reply", () -> healthy.receivedCount() == MESSAGE.length());
        assertTrue(driver.errors.isEmpty(), () -> driver.errors.toString());
        assertBalanced();
    }

    @Test
    void brokenPipeEndsThatConnectionAlone() throws IOException {
        TcpListener listener = driver.listen(TornStreamTest::answer);
        TestClient healthy = driver.connectAccepted(listener);
        driver.platform.writeFailure = new IOException("Broken pipe");
        driver.connectAccepted(listener).send("rrr");
        driver.turnUntil("end", () -> driver.loop.stats().closed(CloseReason.NETWORK_ERROR) == 1);
        driver.platform.writeFailure = null;
        healthy.send("r");
        driver.turnUntil("reply", () -> healthy.receivedCount() == MESSAGE.length());
        assertFalse(healthy.sawEnd());
        assertBalanced();
    }

    private void assertBalanced() {
        LoopStats stats = driver.loop.stats();
        long open =
                driver.platform.streams.stream().filter(ChunkedChannel::isOpen).count();
        assertEquals(stats.get(Counter.ACCEPTED), open + stats.closed());
        assertEquals(
                stats.get(Counter.BYTES_SENT), stats.get(Counter.BYTES_WRITTEN) + stats.get(Counter.BYTES_DISCARDED));
    }
}
