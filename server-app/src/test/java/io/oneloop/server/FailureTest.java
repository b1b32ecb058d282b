package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void takesMissingThreadsForNoWantOfMemory() {
        assertEquals(
                "oneloop: cannot start a thread [unable to create native thread]; raise the limit of processes"
                        + " (ulimit -u, TasksMax= or --pids-limit)\n",
                told(new OutOfMemoryError("unable to create native thread")));
    }

    private static String told(Throwable error) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(said, true, UTF_8));
            assertEquals(ExitCode.FAILED, Failure.tell(error, Messages.in(Language.EN)));
        } finally {
            System.setErr(before);
        }
        return said.toString(UTF_8);
    }
}
