package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What an {@link EventLoop} does all day: {@link #turn}. The pattern is Schmidt's reactor (PLoP 1995): one thread waits for
 * readiness and dispatches it. Everything belongs to that thread, but for {@link #execute} and {@link #inLoop}.
 */
final class Reactor {

    private static final long TURN_FAILED_PAUSE_NANOS = 1_000_000;
    /** When what failed for want of memory is tried again. */
    static final long RETRY_NANOS = 100_000_000;

    private final EventLoop loop;
    private final Platform platform;
    private final LoopObserver observer;
    private final LoopStats stats = new LoopStats();
    private final Thread thread;
    private final Watchdog watchdog;
    private final Callbacks callbacks;
    private final Poller poller;
    private final TaskQueue tasks;
    private final TimerQueue timers;
    private final FlushList flushList = new FlushList();
    private final ArrayDeque<Source> cancelled = new ArrayDeque<>();
    private final DescriptorReserve reserve;
    private final LoopBuffers buffers = new LoopBuffers();

    private boolean shuttingDown;

    /**
     * @param adopted the thread that will make the turns, or null for one of the reactor's own
     * @throws UncheckedIOException if the process has no descriptors left for a selector
     */
    Reactor(EventLoop loop, Thread adopted, String name, LoopObserver observer, Platform platform) {
        this.loop = loop;
        this.observer = observer;
        this.platform = platform;
        thread = adopted != null ? adopted : newThread(name);
        watchdog = new Watchdog(thread, observer);
        callbacks = new Callbacks(observer, stats, watchdog);
        reserve = new DescriptorReserve(platform);
        timers = new TimerQueue(platform::nanoTime, () -> checkThread("a timer"));
        try {
            poller = new Poller(platform, this::serve, this::selectorReplaced);
        } catch (IOException e) {
            reserve.close();
            throw new UncheckedIOException("open selector: " + e.getMessage(), e);
        }
        tasks = new TaskQueue(poller::wakeup);
    }

    /** Else that of a loop started from a daemon's thread would be one too, and the JVM end under its connections. */
    private Thread newThread(String name) {
        Thread own = new Thread(this::run, name);
        own.setDaemon(false);
        return own;
    }

    void start() {
        try {
            // The loop's last: nobody could end one whose start has failed.
            watchdog.start();
            thread.start();
        } catch (Throwable noThread) {
            watchdog.stop();
            reserve.close();
            closePoller();
            throw noThread;
        }
    }

    // ---- the loop ------------------------------------------------------------------------------------------------

    void run() {
        try {
            while (!isDone()) {
                try {
                    turn();
                } catch (Throwable e) {
                    survive(e);
                }
            }
        } finally {
            end();
        }
    }

    /** One turn. What was cancelled before the select is out of the selector after it, and can be closed. */
    void turn() {
        int closable = cancelled.size();
        poller.poll(timeoutMillis(), tasks);
        stats.count(Counter.SELECTS);
        tasks.run(callbacks);
        timers.runDue(callbacks);
        watchdog.enter();
        release(closable);
        // Last, since onClose sends too, to others: nothing may lie in the list while select waits.
        flushList.flush();
        watchdog.exit();
    }

    private long timeoutMillis() {
        if (!cancelled.isEmpty() || !tasks.isEmpty() || !flushList.isEmpty()) {
            return 0;
        }
        long nanos = timers.nanosToNext();
        // Rounded up: a timeout that is rounded down wakes early, and then spins until the timer is due.
        return nanos == TimerQueue.NEVER ? -1 : nanos / 1_000_000 + (nanos % 1_000_000 == 0 ? 0 : 1);
    }

    private void serve(SelectionKey key) {
        Source source = (Source) key.attachment();
        watchdog.enter();
        try {
            source.ready(key);
        } catch (Throwable e) {
            source.failed();
            report("ready " + source, e);
        }
        watchdog.exit();
    }

    private void release(int count) {
        for (int i = 0; i < count; i++) {
            cancelled.poll().release();
        }
    }

    /** A turn failed outside every callback: for want of memory, which a moment's rest gives others time to return. */
    private void survive(Throwable error) {
        platform.park(TURN_FAILED_PAUSE_NANOS);
        report("turn", error);
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    void beginShutdown(long drainMillis) {
        shuttingDown = true;
        // Before anything else: whatever goes wrong in a source that retires, the loop ends in time.
        long drainNanos = TimeUnit.MILLISECONDS.toNanos(drainMillis);
        // Again and again, should one of them fail for want of memory: while a source is left, so is the loop.
        schedule(drainNanos, RETRY_NANOS, () -> poller.sources().forEach(Source::abandon));
        poller.sources().forEach(Source::retire);
    }

    private boolean isDone() {
        return shuttingDown && !hasSources();
    }

    boolean hasSources() {
        return !poller.isIdle() || !cancelled.isEmpty();
    }

    private void end() {
        tasks.close(callbacks);
        // A connect among these tasks has failed, and is told so.
        while (!cancelled.isEmpty()) {
            release(cancelled.size());
        }
        watchdog.stop();
        reserve.close();
        closePoller();
    }

    private void closePoller() {
        try {
            poller.close();
        } catch (IOException e) {
            report("close selector", e);
        }
    }

    // ---- for the loop's users ------------------------------------------------------------------------------------

    /** @throws RejectedExecutionException if the loop has ended */
    void execute(Runnable task) {
        if (!tasks.add(task, inLoop())) {
            throw TaskQueue.rejected(thread.getName());
        }
    }

    /** @param periodNanos 0 to run once */
    Timer schedule(long delayNanos, long periodNanos, Runnable action) {
        return timers.schedule(delayNanos, periodNanos, action);
    }

    boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    void checkThread(String what) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    what + " belongs to the loop's thread '" + thread.getName() + "', but was used on '"
                            + Thread.currentThread().getName() + "'; hand a task to execute() instead");
        }
    }

    /** Refuses what would keep a loop that is ending from its end. */
    void checkTakesWork() throws IOException {
        if (shuttingDown) {
            throw shuttingDown();
        }
    }

    static IOException shuttingDown() {
        return new IOException("the event loop is shutting down");
    }

    Thread thread() {
        return thread;
    }

    LoopStats stats() {
        return stats;
    }

    // ---- for the sources -----------------------------------------------------------------------------------------

    EventLoop loop() {
        return loop;
    }

    Platform platform() {
        return platform;
    }

    Selector selector() {
        return poller.selector();
    }

    LoopObserver observer() {
        return observer;
    }

    DescriptorReserve reserve() {
        return reserve;
    }

    FlushList flushList() {
        return flushList;
    }

    LoopBuffers buffers() {
        return buffers;
    }

    /** Has {@code source}, whose key is cancelled, released when the selector has let go of it. */
    void releaseLater(Source source) {
        cancelled.add(source);
    }

    private void selectorReplaced(Throwable fault) {
        try {
            observer.onSelectorReplaced(fault);
        } catch (Throwable e) {
            report("onSelectorReplaced", e);
        }
    }

    void report(String context, Throwable error) {
        callbacks.report(context, error);
    }
}
