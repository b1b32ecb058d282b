package io.oneloop;

import java.io.IOException;

/**
 * Is told what a program may want to log. Core itself prints nothing. Must not block. What it throws is ignored, but
 * that {@link #onError} is told of what {@link #onAcceptFailed} and {@link #onSelectorReplaced} throw.
 */
public interface LoopObserver {

    /** Hands errors to the loop thread's uncaught-exception handler, which prints them unless the program has set another. */
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
     * A callback has been running for over 100 ms, and everything else waits for it; on a thread of the loop's watchdog,
     * which looks every 25 ms. Once for each such callback. Those of one ready source count as one, such as the onOpen of
     * all that a listener accepts in a turn, and so do those that end a turn: every onClose and onWritable. In a JVM that has
     * just started it may only be that classes are being loaded.
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
