package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.CloseReason;
import io.oneloop.EventLoop;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import io.oneloop.TcpOptions;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand clients at once, each with ten messages. */
@Timeout(300)
class ManyClientsIT {

    private static final int CLIENTS = 1_000;
    private static final int MESSAGES = 10;
    private static final String REPLY = "hahahahah----ok---";

    private final CountDownLatch connected = new CountDownLatch(CLIENTS);
    private final CountDownLatch done = new CountDownLatch(CLIENTS);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    @Test
    void eachGetsExactlyItsReplies() throws Exception {
        try (ServerJar jar = ServerJar.with().serve();
                EventLoop loop = EventLoop.start("clients")) {
            InetSocketAddress address = new InetSocketAddress(ServerJar.LOOPBACK, jar.tcpPort());
            for (int i = 0; i < CLIENTS; i++) {
                loop.connectTcp(address, TcpOptions.DEFAULT, new Client(i), failures::add);
            }

            assertTrue(done.await(120, TimeUnit.SECONDS), () -> done.getCount() + " are not done; " + failures);

            assertEquals(List.of(), failures);
            assertEquals(CLIENTS, received.size());
            assertTrue(received.stream().allMatch(REPLY.repeat(MESSAGES)::equals));
            assertEquals(0, jar.terminate());
            assertTrue(jar.stdout().contains(" connections=1000 requests=10000 "), jar.stdout());
        }
    }

    /** Waits until all are connected, then sends each message when the reply to the one before is there. */
    private final class Client implements TcpHandler {

        private final ByteBuffer message;
        private final StringBuilder replies = new StringBuilder();
        private int sent;

        Client(int number) {
            message = ByteBuffer.wrap(("message of client " + number).getBytes(UTF_8));
        }

        @Override
        public void onOpen(TcpConnection connection) {
            connected.countDown();
            sendWhenAllAreConnected(connection);
        }

        private void sendWhenAllAreConnected(TcpConnection connection) {
            if (connected.getCount() == 0) {
                sendNext(connection);
            } else {
                connection.loop().after(10, TimeUnit.MILLISECONDS, () -> sendWhenAllAreConnected(connection));
            }
        }

        private void sendNext(TcpConnection connection) {
            sent++;
            connection.send(message);
            if (sent == MESSAGES) {
                connection.shutdownOutput();
            }
        }

        @Override
        public void onData(TcpConnection connection, ByteBuffer data) {
            replies.append(UTF_8.decode(data));
            if (replies.length() == sent * REPLY.length() && sent < MESSAGES) {
                sendNext(connection);
            }
        }

        @Override
        public void onClose(TcpConnection connection, CloseReason reason) {
            received.add(replies.toString());
            done.countDown();
        }
    }
}
