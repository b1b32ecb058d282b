package io.oneloop.server;

import static io.oneloop.server.DebianTool.NETCAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The session of the README; but {@code -u} ends with the first reply, and not after a second in which there was none. */
@Timeout(300)
class NetcatIT {

    private static final String REPLY = "hahahahah----ok---";

    @Test
    void answersOverTcpAndUdp() throws Exception {
        try (ServerJar jar = ServerJar.with().serve()) {
            assertTrue(jar.stdout().matches("oneloop ready tcp=\\[::]:\\d+ udp=\\[::]:\\d+\\R"), jar.stdout());

            assertEquals(
                    REPLY, NETCAT.run("hello", "-N", "127.0.0.1", jar.tcpPort()).output());
            assertEquals(
                    REPLY,
                    NETCAT.run("hello", "-u", "-W1", "-w30", "127.0.0.1", jar.udpPort())
                            .output());
        }
    }

    @Test
    void answersOverIpv6() throws Exception {
        try (ServerJar jar = ServerJar.with().serve()) {
            assertEquals(REPLY, NETCAT.run("hello", "-N", "::1", jar.tcpPort()).output());
            assertEquals(
                    REPLY,
                    NETCAT.run("hello", "-u", "-W1", "-w30", "::1", jar.udpPort())
                            .output());
        }
    }

    @Test
    void servesOneProtocolAlone() throws Exception {
        try (ServerJar tcp = ServerJar.with("--no-udp", "--host", "127.0.0.1").serve();
                ServerJar udp = ServerJar.with("--host", "127.0.0.1")
                        .environment("ONELOOP_NO_TCP", "true")
                        .serve()) {
            assertTrue(tcp.stdout().matches("oneloop ready tcp=127\\.0\\.0\\.1:\\d+\\R"), tcp.stdout());
            assertTrue(udp.stdout().matches("oneloop ready udp=127\\.0\\.0\\.1:\\d+\\R"), udp.stdout());
            assertEquals(
                    REPLY, NETCAT.run("hello", "-N", "127.0.0.1", tcp.tcpPort()).output());
            assertEquals(
                    REPLY,
                    NETCAT.run("hello", "-u", "-W1", "-w30", "127.0.0.1", udp.udpPort())
                            .output());
        }
    }

    @Test
    void survivesWhatEndsTheTutorialsServer() throws Exception {
        try (ServerJar jar = ServerJar.with("--lang", "zh").serve()) {
            String chinese = "中".repeat(400);

            assertEquals(
                    REPLY,
                    NETCAT.run(new byte[] {(byte) 0xff}, "-N", "127.0.0.1", jar.tcpPort())
                            .output());
            assertEquals(
                    REPLY.repeat(2),
                    NETCAT.run(chinese, "-N", "127.0.0.1", jar.tcpPort()).output());
            assertEquals(
                    REPLY,
                    NETCAT.run(new byte[] {(byte) 0xff}, "-u", "-W1", "-w30", "127.0.0.1", jar.udpPort())
                            .output());
            assertEquals(
                    REPLY,
                    NETCAT.run(chinese, "-u", "-W1", "-w30", "127.0.0.1", jar.udpPort())
                            .output());

            assertEquals(0, jar.terminate());
            assertTrue(jar.stderr().contains("客户端送过来的请求是:\\xff\n"), jar.stderr());
            assertTrue(jar.stderr().contains("客户端送过来的请求是:" + chinese + "\n"), jar.stderr());
            assertTrue(jar.stderr().contains("): \\xff\n"), jar.stderr());
            assertTrue(jar.stderr().contains("): " + chinese + "\n"), jar.stderr());
        }
    }
}
