package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.CloseReason;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadConnectionTest {

    /** A request that was given to it would be in the books as sent, and no server would ever see it. */
    @Test
    void aConnectionThatHasEndedHasNoRoomBeforeThatIsTold() throws Exception {
        CompletableFuture<List<Integer>> rooms = new CompletableFuture<>();
        try (StubServer server = StubServer.replying();
                Worker worker = worker(LoadTest.tcp("127.0.0.1", server.port()))) {
            LoadConnection lane = new LoadConnection(worker, null);
            TcpHandler handler = new TcpHandler() {
                @Override
                public void onOpen(TcpConnection connection) {
                    lane.onOpen(connection);
                    int open = lane.room();
                    connection.abort();
                    rooms.complete(List.of(open, lane.room()));
                }

                @Override
                public void onData(TcpConnection connection, ByteBuffer data) {}
            };
            worker.loop()
                    .connectTcp(
                            new InetSocketAddress("127.0.0.1", server.port()),
                            worker.tcpOptions(),
                            handler,
                            rooms::completeExceptionally);
            assertEquals(List.of(1, 0), rooms.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aServerThatDoesNotReadMayTakeAsLongAsTheTimeout() throws Exception {
        Duration timeout = Duration.ofMinutes(10);
        try (Worker worker = worker(LoadTest.tcp("127.0.0.1", 1).timeout(timeout))) {
            assertTrue(worker.tcpOptions().writeTimeoutMillis() > timeout.toMillis());
        }
        assertEquals(ErrorKind.READ_TIMEOUT, Failures.ofEnd(CloseReason.WRITE_TIMEOUT, null));
        assertEquals(ErrorKind.READ_CLOSED, Failures.ofEnd(CloseReason.PEER_FINISHED, null));
    }

    private static Worker worker(LoadTest test) throws Exception {
        return new Worker(test.plan(), null, 0, (context, error) -> {}, () -> {});
    }
}
