package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkCauseTest {

    private static final SystemWords CHINESE = new SystemWords("拒绝连接", "网络不可达", "连接被对方重设", "断开的管道", "权限不够");

    static Stream<Arguments> chineseErrors() {
        return Stream.of(
                Arguments.of(new ConnectException("拒绝连接"), NetworkCause.REFUSED),
                Arguments.of(new ConnectException("连接超时"), NetworkCause.TIMED_OUT),
                Arguments.of(new SocketTimeoutException(), NetworkCause.TIMED_OUT),
                Arguments.of(new BindException("无法指定被请求的地址"), NetworkCause.NO_PORT),
                Arguments.of(new BindException("权限不够"), NetworkCause.OTHER),
                Arguments.of(new BindException("Permission denied"), NetworkCause.OTHER),
                Arguments.of(new NoRouteToHostException("没有到主机的路由"), NetworkCause.UNREACHABLE),
                Arguments.of(new SocketException("网络不可达"), NetworkCause.UNREACHABLE),
                Arguments.of(new IOException("连接被对方重设"), NetworkCause.RESET),
                Arguments.of(new SocketException("Connection reset"), NetworkCause.RESET),
                Arguments.of(new IOException("断开的管道"), NetworkCause.BROKEN_PIPE),
                Arguments.of(new PortUnreachableException(), NetworkCause.PORT_UNREACHABLE),
                Arguments.of(new SocketException("不允许的操作"), NetworkCause.OTHER));
    }

    @ParameterizedTest
    @MethodSource("chineseErrors")
    void doesNotDependOnTheLanguageOfTheSystem(IOException error, NetworkCause cause) {
        assertEquals(cause, NetworkCause.of(error, CHINESE));
        assertEquals(cause, NetworkCause.of(new IOException("connect tcp 192.0.2.1:1: x", error), CHINESE));
    }

    /** As the JDK itself puts what it may not do, in whatever language this system speaks. */
    @Test
    void whatIsForbiddenIsNoLackOfPorts() throws Exception {
        try (DatagramChannel channel = DatagramChannel.open()) {
            BindException forbidden = assertThrows(
                    BindException.class, () -> channel.connect(new InetSocketAddress("127.255.255.255", 9)));
            assertEquals(SystemWords.here().denied(), forbidden.getMessage());
            assertEquals(NetworkCause.OTHER, NetworkCause.of(forbidden));
        }
    }

    @Test
    void learnsTheWordsOfThisSystem() {
        assertNotNull(SystemWords.here().refused());
        assertNotNull(SystemWords.here().unreachable());
        assertNotNull(SystemWords.here().reset());
        assertNotNull(SystemWords.here().brokenPipe());
        assertNotNull(SystemWords.here().denied());
    }
}
