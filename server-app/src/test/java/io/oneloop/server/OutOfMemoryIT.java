package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JVM has too little memory for a start: one sentence says so, and what to do. */
@Timeout(300)
class OutOfMemoryIT {

    @Test
    void saysThatTheHeapIsTooSmallForTheReply(@TempDir Path folder) throws Exception {
        Path reply = Files.write(folder.resolve("reply"), new byte[16 << 20]);
        try (ServerJar jar = ServerJar.with("--no-udp", "--tcp-port", "0", "--lang", "zh", "--reply-file", "" + reply)
                .jvm("-Xmx12m")
                .start()) {
            assertEquals(ExitCode.FAILED, jar.awaitExit());
            assertEquals(
                    "oneloop: 内存不够，无法启动 [Java heap space]；请用 -Xmx 或 -XX:MaxDirectMemorySize 给 JVM 更多内存，或去掉这两个参数\n",
                    jar.stderr());
        }
    }

    /** Without an option there is no command line to be read, and no less to be said. */
    @Test
    void saysThatThereIsNoDirectMemoryForTheLoop() throws Exception {
        try (ServerJar jar = ServerJar.with().jvm("-XX:MaxDirectMemorySize=16k").start()) {
            assertEquals(ExitCode.FAILED, jar.awaitExit());
            assertEquals(
                    "oneloop: not enough memory to start []; give the JVM more with -Xmx or -XX:MaxDirectMemorySize, or"
                            + " leave these out\n",
                    jar.stderr().replaceFirst("\\[.*]", "[]"));
        }
    }
}
