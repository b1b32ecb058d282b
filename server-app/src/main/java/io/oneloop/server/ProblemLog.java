package io.oneloop.server;

import io.oneloop.LoopObserver;
import io.oneloop.TcpListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Tells what goes wrong on the loop: at most one line a second of each kind, which says how many it stands for. */
final class ProblemLog implements LoopObserver {

    private final LogQueue queue;
    private final Log log;
    private final Messages messages;
    private final OncePerSecond errors;
    private final OncePerSecond slowCallbacks;
    private final OncePerSecond failedAccepts;
    private final OncePerSecond replacedSelectors;

    ProblemLog(LogQueue queue, Log log, Messages messages, LongSupplier nanoClock) {
        this.queue = queue;
        this.log = log;
        this.messages = messages;
        errors = new OncePerSecond(nanoClock);
        slowCallbacks = new OncePerSecond(nanoClock);
        failedAccepts = new OncePerSecond(nanoClock);
        replacedSelectors = new OncePerSecond(nanoClock);
    }

    @Override
    public void onError(String context, Throwable error) {
        tell(errors, "log.error", context, error);
    }

    @Override
    public void onSlowCallback(long millis, StackTraceElement[] stack) {
        String where = Arrays.stream(stack).map(StackTraceElement::toString).collect(Collectors.joining(" < "));
        tell(slowCallbacks, "log.slow", millis, where);
    }

    @Override
    public void onAcceptFailed(TcpListener listener, IOException error) {
        tell(failedAccepts, "log.acceptFailed", listener, error.getMessage());
    }

    @Override
    public void onSelectorReplaced(Throwable fault) {
        tell(replacedSelectors, "log.selectorReplaced", "select", fault);
    }

    private void tell(OncePerSecond kind, String key, Object where, Object what) {
        long times = kind.count();
        if (times > 0) {
            queue.add(() -> log.warn(messages.get(key, where, what, times)));
        }
    }

    /** Lets one event a second through. Each is used by one thread: the loop's, or that of its watchdog. */
    private static final class OncePerSecond {

        private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

        private final LongSupplier nanoClock;
        private long quietUntil;
        private long times;

        OncePerSecond(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            quietUntil = nanoClock.getAsLong();
        }

        /** {@return how many events this one stands for, or 0 if it is not let through} */
        long count() {
            times++;
            long now = nanoClock.getAsLong();
            if (now - quietUntil < 0) {
                return 0;
            }
            quietUntil = now + SECOND;
            long result = times;
            times = 0;
            return result;
        }
    }
}
