package io.oneloop.server;

import java.lang.reflect.Proxy;

/**
 * What a signal does to a process that ends already: by itself, a JVM whose shutdown hooks run takes no notice of one. The
 * only way to that is {@code sun.misc.Signal}, which JEP 260 keeps for want of another. It is looked up by name, since the
 * compiler warns of it in a way that nothing silences.
 */
final class SecondSignal {

    private static final String[] NAMES = {"TERM", "INT", "HUP"};

    private SecondSignal() {}

    /** From now on each signal that ends a process runs {@code action}, on a thread of its own. */
    static void runs(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object runsAction = Proxy.newProxyInstance(
                    SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            for (String name : NAMES) {
                // One that is ignored (nohup) stays so: the JVM sees to that.
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), runsAction);
            }
        } catch (ReflectiveOperationException | RuntimeException | Error unavailable) {
            // The JVM was told to leave signals alone (-Xrs), was made without the module jdk.unsupported, or has no
            // memory
            // left: the first signal must do its work all the same.
        }
    }
}
