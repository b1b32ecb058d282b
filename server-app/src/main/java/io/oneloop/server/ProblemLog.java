package io.oneloop.server;

import io.oneloop.LoopObserver;
import io.oneloop.TcpListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Tells what goes wrong on the loop: at most one line a second of each kind, which says how many it stands for. */
final class ProblemLog implements LoopObserver {

    private final LogQueue queue;
    private final Log log;
    private final Messages messages;
    private final LongSupplier nanoClock;
    private final Kind errors = new Kind("log.error");
    private final Kind slowCallbacks = new Kind("log.slow");
    private final Kind failedAccepts = new Kind("log.acceptFailed");
    private final Kind replacedSelectors = new Kind("log.selectorReplaced");

    ProblemLog(LogQueue queue, Log log, Messages messages, LongSupplier nanoClock) {
        this.queue = queue;
        this.log = log;
        this.messages = messages;
        this.nanoClock = nanoClock;
    }

    @Override
    public void onError(String context, Throwable error) {
        errors.happened(context, error);
    }

    @Override
    public void onSlowCallback(long millis, StackTraceElement[] stack) {
        String where = Arrays.stream(stack).map(StackTraceElement::toString).collect(Collectors.joining(" < "));
        slowCallbacks.happened(millis, where);
    }

    @Override
    public void onAcceptFailed(TcpListener listener, IOException error) {
        failedAccepts.happened(listener, error.getMessage());
    }

    @Override
    public void onSelectorReplaced(Throwable fault) {
        replacedSelectors.happened("select", fault);
    }

    /** Tells what happened since the last lines, when nothing more will. */
    void tellRest() {
        for (Kind kind : new Kind[] {errors, slowCallbacks, failedAccepts, replacedSelectors}) {
            kind.tell();
        }
    }

    /** Tells the first event of each second. Safe from any thread: the loop's, that of its watchdog, the one that ends both. */
    private final class Kind {

        private static final long SECOND = 1_000_000_000;

        private final String key;
        private boolean toldBefore;
        private long toldAt;
        private long times;
        private Object where;
        private Object what;

        Kind(String key) {
            this.key = key;
        }

        synchronized void happened(Object where, Object what) {
            times++;
            this.where = where;
            this.what = what;
            if (!toldBefore || nanoClock.getAsLong() - toldAt >= SECOND) {
                tell();
            }
        }

        synchronized void tell() {
            if (times == 0) {
                return;
            }
            Object[] arguments = {where, what, times};
            toldBefore = true;
            toldAt = nanoClock.getAsLong();
            times = 0;
            queue.add(() -> log.warn(messages.get(key, arguments)));
        }
    }
}
