package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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

    private static Worker worker(LoadTest test) throws Exception {
        return new Worker(test.plan(), null, 0, (context, error) -> {}, () -> {});
    }
}
