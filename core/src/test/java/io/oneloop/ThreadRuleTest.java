package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every public method belongs to the loop's thread, or is said here to be safe from any. */
class ThreadRuleTest {

    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    private final HandDrivenLoop driver = new HandDrivenLoop();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    /** Found by reflection, so that a method which is added is either checked or declared safe here. */
    private static final Set<String> SAFE_FROM_ANY_THREAD = Set.of(
            "TcpConnection.remoteAddress",
            "TcpConnection.localAddress",
            "TcpConnection.loop",
            "TcpListener.localAddress",
            "UdpSocket.localAddress",
            "UdpSocket.remoteAddress",
            "UdpSocket.receiveBufferBytes",
            "EventLoop.listenTcp",
            "EventLoop.bindUdp",
            "EventLoop.connectUdp",
            "EventLoop.connectTcp",
            "EventLoop.execute",
            "EventLoop.inLoop",
            "EventLoop.stats",
            "EventLoop.shutdown",
            "EventLoop.close",
            "EventLoop.join");

    @Test
    void contract2LoopOnlyMethodsNameBothThreadsWhenCalledElsewhere() throws Exception {
        driver.connectAccepted(driver.listen(handler));
        List<Object> objects = List.of(
                driver.loop,
                handler.connection(),
                driver.listen(handler),
                driver.loop.bindUdp(HandDrivenLoop.loopback(0), (s, from, data) -> {}),
                driver.loop.connectTcp(HandDrivenLoop.loopback(1), TcpOptions.DEFAULT, handler, failure -> {}),
                driver.loop.after(1, TimeUnit.DAYS, () -> {}));
        String here = Thread.currentThread().getName();
        List<String> checked = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Thread elsewhere = new Thread(
                () -> objects.forEach(object -> loopOnlyMethods(object).forEach(method -> {
                    checked.add(method.getName());
                    Throwable thrown = thrownBy(object, method);
                    String message = String.valueOf(thrown.getMessage());
                    if (!(thrown instanceof IllegalStateException)
                            || !message.contains("'" + here + "'")
                            || !message.contains("'elsewhere'")) {
                        wrong.add(method + ": " + thrown);
                    }
                })),
                "elsewhere");
        elsewhere.start();
        elsewhere.join();
        assertEquals(List.of(), wrong);
        assertTrue(
                checked.containsAll(List.of("send", "close", "abort", "after", "cancel", "connections")),
                checked::toString);
    }

    private static Stream<Method> loopOnlyMethods(Object object) {
        Class<?> type = object.getClass();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.getName().equals("toString"))
                .filter(method -> !SAFE_FROM_ANY_THREAD.contains(type.getSimpleName() + "." + method.getName()));
    }

    private static Throwable thrownBy(Object object, Method method) {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(ThreadRuleTest::something)
                .toArray();
        try {
            return new AssertionError("was carried out and returned " + method.invoke(object, arguments));
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            return e;
        }
    }

    private static Object something(Class<?> type) {
        Runnable nothing = () -> {};
        Map<Class<?>, Object> values = Map.of(
                ByteBuffer.class,
                ByteBuffer.wrap(new byte[1]),
                Reply.class,
                REPLY,
                InetSocketAddress.class,
                HandDrivenLoop.loopback(9),
                Runnable.class,
                nothing,
                TimeUnit.class,
                TimeUnit.DAYS,
                Object.class,
                "x",
                int.class,
                1,
                long.class,
                1L);
        return values.get(type);
    }
}
