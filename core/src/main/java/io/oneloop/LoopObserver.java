package io.oneloop;

import java.io.IOException;

/**
 * Is told what a program may want to log. Core itself prints nothing. Must not block. What it throws is ignored, but
 * that {@link #onError} is told of what {@link #onAcceptFailed} and {@link #onSelectorReplaced} throw.
 */
public interface LoopObserver {

    /** Hands errors to the uncaught-exception handler of the loop's thread; the JVM's own prints them. */
    LoopObserver DEFAULT = (context, error) -> {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    };

    /**
     * A handler, task or timer threw; on the loop's thread. If it belonged to a connection, that is being closed.
     *
     * @param context what was running, such as {@code onData tcp 127.0.0.1:50000}
     */
    void onError(String context, Throwable error);

    /**
     * A callback has been running for over 100 ms, and everything else waits for it; on the thread of the loop's watchdog,
     * which looks every 25 ms. Told once for each such callback. The callbacks of one ready source count as one, such as
     * every onOpen of a listener in a turn, and so do those at the end of a turn, every onClose and onWritable. Just after
     * the start of the JVM the cause may be no more than the loading of classes.
     *
     * @param stack where the loop's thread stands
     */
    default void onSlowCallback(long millis, StackTraceElement[] stack) {}

    /**
     * Accepting fails and does not stop failing, most often because the process is out of descriptors; on the loop's
     * thread. The listener pauses and tries again by itself.
     */
    default void onAcceptFailed(TcpListener listener, IOException error) {}

    /** The selector misbehaved and is being replaced, registrations kept; on the loop's thread. */
    default void onSelectorReplaced(Throwable fault) {}
}
