package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.oneloop.Reply;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the loop's thread allocates while it serves without a log. */
@Timeout(300)
class AllocationTest {

    private static final int REQUESTS = 20_000;
    private static final int REPLY_BYTES = 18;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(Per.class)
    void allocatesNothingPerRequest(Per per) throws Exception {
        Messages messages = Messages.in(Language.EN);
        InetSocketAddress free = new InetSocketAddress("127.0.0.1", 0);
        Limits limits = new Limits(TcpOptions.DEFAULT, UdpOptions.DEFAULT, false, 0);
        ServerSettings settings = new ServerSettings(
                free, null, Mode.REPLY, Reply.of("hahahahah----ok---"), per, 1024, LogLevel.OFF, Duration.ZERO, limits);
        Server server = Server.start(settings, (context, error) -> {}, null, messages);
        try (Socket client = new Socket("127.0.0.1", port(server))) {
            long thread = loopThread();
            exchange(client);
            long before = THREADS.getThreadAllocatedBytes(thread);

            exchange(client);

            long perRequest = (THREADS.getThreadAllocatedBytes(thread) - before) / REQUESTS;
            assertEquals(0, perRequest, "bytes per request");
        } finally {
            server.stop(messages);
        }
    }

    private static void exchange(Socket client) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            client.getOutputStream().write('\n');
            assertEquals(REPLY_BYTES, client.getInputStream().readNBytes(REPLY_BYTES).length);
        }
    }

    private static int port(Server server) {
        String line = server.readyLine();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    private static long loopThread() {
        long[] ids = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("oneloop"))
                .mapToLong(Thread::getId)
                .toArray();
        assertTrue(ids.length == 1, ids.length + " loops");
        return ids[0];
    }
}
