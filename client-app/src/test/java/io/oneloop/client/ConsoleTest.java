package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Messages MESSAGES = Messages.in(Language.EN);

    private static final OutputStream FULL_DISK = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    };

    private static Console on(OutputStream out) {
        StandardStreams streams = new StandardStreams(
                InputStream.nullInputStream(),
                out,
                new PrintStream(OutputStream.nullOutputStream()),
                false,
                false,
                StandardCharsets.UTF_8);
        return Console.open(streams, MESSAGES, false, false, false);
    }

    @Test
    void doesNotCallAnAnsweredSessionGoodWhoseAnswerCouldNotBeShown() throws Exception {
        Console console = on(FULL_DISK);
        console.output().data(new byte[] {'x'}, true);

        Outcome outcome = console.await(CompletableFuture.completedFuture(Outcome.ANSWERED));

        assertEquals(Outcome.failure(MESSAGES.get("fail.output", "No space left on device")), outcome);
    }

    @Test
    void keepsTheFailureThatEndedTheSession() throws Exception {
        Outcome refused = Outcome.failure("connect tcp 127.0.0.1:1: Connection refused");
        Console console = on(FULL_DISK);
        console.output().data(new byte[] {'x'}, true);

        assertEquals(refused, console.await(CompletableFuture.completedFuture(refused)));
    }

    @Test
    void waitsUntilAllIsShown() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = on(out);
        console.output().data("answer".getBytes(StandardCharsets.UTF_8), true);

        assertEquals(Outcome.ANSWERED, console.await(CompletableFuture.completedFuture(Outcome.ANSWERED)));
        assertEquals("answer", out.toString(StandardCharsets.UTF_8));
    }
}
