package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the process writes where the locale is not UTF-8. */
@Timeout(300)
class EncodingIT {

    @Test
    void helpIsReadableInTheLocaleC() throws Exception {
        try (ServerJar jar = ServerJar.with("--help", "--lang", "zh")
                .environment("LC_ALL", "C")
                .start()) {
            assertEquals(0, jar.awaitExit());
            assertTrue(jar.stdout().contains("用一个线程应答 TCP 和 UDP。无论收到什么，都回复同样的内容。"), jar.stdout());
        }
    }

    @Test
    void whatTheEncodingLacksIsLoggedAsBytes() throws Exception {
        // What a locale with GBK comes to, where few machines have one.
        try (ServerJar jar =
                ServerJar.with("--log", "all").jvm("-Dstdout.encoding=GBK").serve()) {
            DebianTool.NETCAT.run("ç😀".getBytes(UTF_8), "-N", "127.0.0.1", jar.tcpPort());

            assertEquals(0, jar.terminate());

            assertTrue(
                    jar.stderr().contains("The client's request is: \\xc3\\xa7\\xf0\\x9f\\x98\\x80\n"), jar.stderr());
        }
    }
}
