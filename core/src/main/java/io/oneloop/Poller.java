package io.oneloop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The selector, and what is done when it misbehaves: returns at once with nothing ready, again and again (JDK-6403933
 * and its successors), or throws. Then every registration moves to a new selector; if that does not help either, the
 * loop slows down rather than burn a processor, and goes on serving.
 */
final class Poller {

    /** Empty returns in a row that no wakeup, interrupt or timeout explains. */
    static final int SPIN_LIMIT = 512;

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LAST_PAUSE_NANOS = 16_000_000;

    private final Platform platform;
    private final Consumer<SelectionKey> serve;
    private final Consumer<Throwable> onRebuild;
    private volatile Selector selector;
    private int emptyReturns;
    private long pauseNanos;

    /**
     * @param serve takes each ready key
     * @param onRebuild is told what was wrong with the selector that was replaced
     */
    Poller(Platform platform, Consumer<SelectionKey> serve, Consumer<Throwable> onRebuild) throws IOException {
        this.platform = platform;
        this.serve = serve;
        this.onRebuild = onRebuild;
        selector = platform.openSelector();
    }

    Selector selector() {
        return selector;
    }

    /** Safe from any thread. */
    void wakeup() {
        selector.wakeup();
    }

    /**
     * Waits for ready keys and serves them.
     *
     * @param timeoutMillis 0 not to wait, -1 to wait without a limit
     * @param tasks whose wakeup explains an empty return
     */
    void poll(long timeoutMillis, TaskQueue tasks) {
        long start = timeoutMillis > 0 ? platform.nanoTime() : 0;
        int ready;
        try {
            ready = platform.select(selector, serve, timeoutMillis);
        } catch (Throwable e) {
            // Errors too: the JDK allocates in a select, and the loop is not to end for want of memory.
            recover(e);
            return;
        }
        // An interrupt ends every select at once until it is cleared.
        boolean interrupted = Thread.interrupted();
        if (ready > 0 || timeoutMillis == 0 || interrupted || tasks.isWakeupPending()) {
            emptyReturns = 0;
            pauseNanos = 0;
        } else if (timeoutMillis > 0 && platform.nanoTime() - start >= timeoutMillis * 1_000_000) {
            emptyReturns = 0;
        } else if (++emptyReturns >= SPIN_LIMIT) {
            emptyReturns = 0;
            recover(new IOException("select returned " + SPIN_LIMIT + " times in a row with nothing ready"));
        }
    }

    private void recover(Throwable fault) {
        if (pauseNanos > 0) {
            platform.park(pauseNanos);
        }
        pauseNanos = Math.min(Math.max(FIRST_PAUSE_NANOS, 2 * pauseNanos), LAST_PAUSE_NANOS);
        onRebuild.accept(fault);
        try {
            rebuild();
        } catch (Throwable e) {
            onRebuild.accept(e);
        }
    }

    private void rebuild() throws IOException {
        Selector broken = selector;
        List<Source> sources = sources();
        Selector fresh = platform.openSelector();
        try {
            for (Source source : sources) {
                source.key().channel().register(fresh, source.key().interestOps(), source);
            }
        } catch (Throwable e) {
            // All or none: a source whose key belongs to a selector that nobody polls would never be heard of again.
            fresh.close();
            throw e;
        }
        for (Source source : sources) {
            source.moveTo(source.key().channel().keyFor(fresh));
        }
        selector = fresh;
        broken.close();
    }

    boolean isIdle() {
        return selector.keys().isEmpty();
    }

    /** What is registered: a copy, since what is done to a source may take its key out of the set. */
    List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                sources.add((Source) key.attachment());
            }
        }
        return sources;
    }

    void close() throws IOException {
        selector.close();
    }
}
