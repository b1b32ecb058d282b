package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.Reply;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StopOnSignalTest {

    private static final Messages MESSAGES = Messages.in(Language.EN);

    private final LogQueue queue = new LogQueue(10, count -> {});
    private final ProblemLog problems = new ProblemLog(queue, null, MESSAGES, System::nanoTime);
    private Server server;

    @BeforeEach
    void start() throws WrongUse {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerSettings settings = new ServerSettings(
                free,
                free,
                Mode.REPLY,
                Reply.of("reply"),
                Per.READ,
                1024,
                LogLevel.OFF,
                Duration.ofSeconds(5),
                new Limits(TcpOptions.DEFAULT, UdpOptions.DEFAULT, false, 0));
        server = Server.start(settings, (context, error) -> {}, new RequestLog(queue, null, MESSAGES), MESSAGES);
    }

    @Test
    void succeedsWhenItEndsTheServer() throws InterruptedException {
        assertFalse(server.hasEnded());
        assertEquals(ExitCode.OK, StopOnSignal.stop(server, LogLevel.OFF, problems, queue, MESSAGES));
    }

    @Test
    void failsWhenTheServerHadEndedBefore() throws InterruptedException {
        server.stop(MESSAGES);

        assertTrue(server.hasEnded());
        assertEquals(ExitCode.FAILED, StopOnSignal.stop(server, LogLevel.OFF, problems, queue, MESSAGES));
    }
}
