package io.oneloop.client;

import static io.oneloop.client.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Our clients in place of the tutorial's, against the tutorial's servers. */
class SeedServersIT {

    private static final String REPLY = "hahahahah----ok---";

    @Test
    void printsTheReplyOfTheTutorialsTcpServer() throws Exception {
        try (SeedProgram server = SeedProgram.tcpServer()) {
            ClientJar.Result result = ClientJar.run("", "tcp", "127.0.0.1", server.port(), "-m", "hello");
            assertEquals(REPLY, result.text());
            assertEquals("", result.err());
            assertEquals(0, result.exitCode());
            assertTrue(server.output().contains("客户端送过来的请求是:hello\n"));
        }
    }

    @Test
    void takesTheMessageFromAPipe() throws Exception {
        try (SeedProgram server = SeedProgram.tcpServer()) {
            ClientJar.Result result = ClientJar.run("hello", "tcp", "127.0.0.1", server.port());
            assertEquals(REPLY, result.text());
            assertEquals(0, result.exitCode());
        }
    }

    @Test
    void holdsTheTutorialsTcpDialogueInChinese() throws Exception {
        try (SeedProgram server = SeedProgram.tcpServer()) {
            String typed = "127.0.0.1\n" + server.port() + "\n你好\n";
            ClientJar.Result result = ClientJar.run(typed, "tcp", "--lang", "zh");
            assertEquals("请输入要链接的服务器的ip: 请输入要链接的服务器的port: 请输入要发送的数据: " + REPLY + "\n", result.text());
            assertEquals(0, result.exitCode());
            assertTrue(server.output().contains("客户端送过来的请求是:你好\n"));
        }
    }

    @Test
    void holdsTheTutorialsTcpDialogueInEnglish() throws Exception {
        try (SeedProgram server = SeedProgram.tcpServer()) {
            String typed = "127.0.0.1\n" + server.port() + "\nhello\n";
            ClientJar.Result result = ClientJar.run(typed, "--lang", "en", "tcp");
            assertEquals(
                    "IP address of the server to connect to: Port of the server to connect to: Data to send: " + REPLY
                            + "\n",
                    result.text());
        }
    }

    @Test
    void holdsTheTutorialsUdpDialogueInChinese() throws Exception {
        try (SeedProgram receiver = SeedProgram.udpReceiver()) {
            ClientJar.Result result =
                    ClientJar.run("127.0.0.1\n" + receiver.port() + "\n你好\nexit\n", "udp", "--lang", "zh", "-i", "2s");
            assertEquals("请输入要链接的服务器的ip: 请输入要链接的服务器的port: 请输入要发送的数据:请输入要发送的数据:-----run-----\n", result.text());
            assertEquals(0, result.exitCode());
            await().until(() -> receiver.output().contains("): 你好\n"));
        }
    }

    @Test
    void asksOnStderrWhenAProgramReadsStdout() throws Exception {
        try (SeedProgram receiver = SeedProgram.udpReceiver()) {
            ClientJar.Result result =
                    ClientJar.run("hello\nexit\n", "udp", "127.0.0.1", receiver.port(), "--lang", "en", "-i", "2s");
            assertEquals("", result.text());
            assertEquals("Data to send:Data to send:-----run-----\n", result.err());
            assertEquals(0, result.exitCode());
            await().until(() -> receiver.output().contains("): hello\n"));
        }
    }
}
