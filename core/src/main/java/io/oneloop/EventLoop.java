package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One thread and one {@link Selector} that serve any number of TCP connections and UDP sockets.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.start("echo");
 * loop.listenTcp(new InetSocketAddress(7890), (connection, data) -> connection.send(data));
 * loop.bindUdp(new InetSocketAddress(7788), (socket, from, data) -> socket.send(from, data));
 * loop.join();
 * }</pre>
 *
 * <h2>One turn</h2>
 *
 * Wait for readiness; serve each ready key; run the tasks; run the timers that are due; write the replies that were put
 * together on the way; release what was closed. Ready work, tasks and timers are bounded per turn, so that none starves
 * the others.
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>Handlers, tasks and timers of a loop run on one thread and never overlap or nest.
 *   <li>What a handler throws, an {@link Error} included, ends its connection and not the loop.
 *   <li>A task that {@link #execute} took is run, exactly once, in the order in which its thread handed it over.
 *   <li>An interrupt of the loop's thread is cleared and otherwise ignored.
 * </ul>
 *
 * <h2>Not guaranteed</h2>
 *
 * A callback that blocks, blocks every connection. A timer runs at its time or later, never earlier; select waits in
 * whole milliseconds, rounded up.
 */
public final class EventLoop implements Executor, AutoCloseable {

    /** The most bytes in one {@link TcpHandler#onData}; more than the largest datagram. */
    public static final int READ_BUFFER_BYTES = 64 * 1024;

    private static final long CLOSE_DRAIN_MILLIS = 5_000;
    private static final long TURN_FAILED_PAUSE_NANOS = 1_000_000;

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
    private long now;
    private boolean timeKnown;
    private boolean shuttingDown;

    /** @param adopted the thread that will make the turns, or null for one of the loop's own */
    private EventLoop(Thread adopted, String name, LoopObserver observer, Platform platform) {
        this.observer = Objects.requireNonNull(observer, "observer");
        this.platform = platform;
        thread = adopted != null ? adopted : new Thread(this::run, Objects.requireNonNull(name, "name"));
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

    /**
     * Starts a loop whose errors go to the thread's uncaught-exception handler.
     *
     * @param name the name of its thread
     * @throws UncheckedIOException if the process has no descriptors left for a selector
     */
    public static EventLoop start(String name) {
        return start(name, LoopObserver.DEFAULT);
    }

    /**
     * Starts a loop.
     *
     * @param name the name of its thread
     * @throws UncheckedIOException if the process has no descriptors left for a selector
     */
    public static EventLoop start(String name, LoopObserver observer) {
        EventLoop loop = new EventLoop(null, name, observer, Platform.SYSTEM);
        loop.thread.start();
        loop.watchdog.start();
        return loop;
    }

    /** A loop of the calling thread, which makes each {@link #turn} by hand. */
    static EventLoop onThisThread(LoopObserver observer, Platform platform) {
        Thread thread = Thread.currentThread();
        return new EventLoop(thread, thread.getName(), observer, platform);
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

    /** A turn failed outside every callback: for want of memory, which a moment's rest gives others time to return. */
    private void survive(Throwable error) {
        platform.park(TURN_FAILED_PAUSE_NANOS);
        report("turn", error);
    }

    /** One turn. What was cancelled before the select is out of the selector after it, and can be closed. */
    void turn() {
        int closable = cancelled.size();
        timeKnown = false;
        poller.poll(timeoutMillis(), tasks);
        stats.count(Counter.SELECTS);
        tasks.run(callbacks);
        timers.runDue(callbacks);
        watchdog.enter();
        flushList.flush();
        release(closable);
        watchdog.exit();
    }

    private long timeoutMillis() {
        if (!cancelled.isEmpty() || !tasks.isEmpty()) {
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

    private boolean isDone() {
        return shuttingDown && !hasSources();
    }

    private void end() {
        tasks.close(callbacks);
        // A connect among these tasks has failed, and is told so.
        while (!cancelled.isEmpty()) {
            release(cancelled.size());
        }
        watchdog.stop();
        reserve.close();
        try {
            poller.close();
        } catch (IOException e) {
            report("close selector", e);
        }
    }

    // ---- for users -----------------------------------------------------------------------------------------------

    /** Listens for TCP connections with the default options; see {@link #listenTcp(InetSocketAddress, TcpOptions, TcpHandler)}. */
    public TcpListener listenTcp(InetSocketAddress address, TcpHandler handler) throws IOException {
        return listenTcp(address, TcpOptions.DEFAULT, handler);
    }

    /**
     * Listens for TCP connections. Safe from any thread; returns when connections are being accepted.
     *
     * @param address port 0 takes a free one; the wildcard address takes IPv4 and IPv6
     * @throws IOException if the address cannot be bound: {@code bind tcp 0.0.0.0:7890: Address already in use}
     * @throws IllegalArgumentException if the host is not resolved
     * @throws RejectedExecutionException if the loop has ended
     */
    public TcpListener listenTcp(InetSocketAddress address, TcpOptions options, TcpHandler handler) throws IOException {
        return call(() -> TcpListener.open(this, address, options, handler));
    }

    /** Binds a UDP socket with the default options; see {@link #bindUdp(InetSocketAddress, UdpOptions, UdpHandler)}. */
    public UdpSocket bindUdp(InetSocketAddress address, UdpHandler handler) throws IOException {
        return bindUdp(address, UdpOptions.DEFAULT, handler);
    }

    /**
     * Binds a UDP socket. Safe from any thread; returns when datagrams are being received.
     *
     * @param address port 0 takes a free one; the wildcard address takes IPv4 and IPv6
     * @throws IOException if the address cannot be bound: {@code bind udp 0.0.0.0:7788: Address already in use}
     * @throws IllegalArgumentException if the host is not resolved
     * @throws RejectedExecutionException if the loop has ended
     */
    public UdpSocket bindUdp(InetSocketAddress address, UdpOptions options, UdpHandler handler) throws IOException {
        return call(() -> UdpSocket.bind(this, address, options, handler));
    }

    /**
     * Opens a UDP socket that talks to {@code remote} alone, on a free port. Only such a socket learns that nobody
     * listens there (see {@link UdpHandler#onError}). Safe from any thread.
     *
     * @throws IOException if there is no route or no free port
     */
    public UdpSocket connectUdp(InetSocketAddress remote, UdpOptions options, UdpHandler handler) throws IOException {
        return connectUdp(null, remote, options, handler);
    }

    /**
     * Opens a UDP socket that talks to {@code remote} alone, from an address of our own; see
     * {@link #connectUdp(InetSocketAddress, UdpOptions, UdpHandler)}. Safe from any thread.
     *
     * @param local the address, port 0 for a free one; null for the system's choice
     * @throws IOException if there is no route, no free port, or the address is not ours
     * @throws IllegalArgumentException if the host is not resolved
     * @throws RejectedExecutionException if the loop has ended
     */
    public UdpSocket connectUdp(
            InetSocketAddress local, InetSocketAddress remote, UdpOptions options, UdpHandler handler)
            throws IOException {
        return call(() -> UdpSocket.connect(this, local, remote, options, handler));
    }

    /**
     * Connects without blocking. Safe from any thread. Afterwards exactly one of {@link TcpHandler#onOpen} and
     * {@code onFailure} runs, on the loop's thread, unless the connector is cancelled first.
     *
     * @param onFailure takes {@code connect tcp 127.0.0.1:7890: Connection refused}, with the JDK's exception as its
     *     cause; a {@link java.net.SocketTimeoutException} if it took longer than {@code connectTimeoutMillis}
     * @throws IllegalArgumentException if the host is not resolved
     * @throws RejectedExecutionException if the loop has ended
     */
    public TcpConnector connectTcp(
            InetSocketAddress remote, TcpOptions options, TcpHandler handler, Consumer<IOException> onFailure) {
        return connectTcp(null, remote, options, handler, onFailure);
    }

    /**
     * Connects without blocking from an address of our own; see {@link #connectTcp(InetSocketAddress, TcpOptions,
     * TcpHandler, Consumer)}. One address reaches one remote address from as many ports as the system lends out (28,232
     * on a default Linux); several addresses multiply that. Safe from any thread.
     *
     * @param local the address, port 0 for a free one; null for the system's choice
     */
    public TcpConnector connectTcp(
            InetSocketAddress local,
            InetSocketAddress remote,
            TcpOptions options,
            TcpHandler handler,
            Consumer<IOException> onFailure) {
        TcpConnector connector = new TcpConnector(this, local, remote, options, handler, onFailure);
        execute(connector::start);
        return connector;
    }

    /**
     * Runs {@code task} on the loop's thread in one of the next turns. Safe from any thread: the one door into the loop.
     *
     * @throws RejectedExecutionException if the loop has ended
     */
    @Override
    public void execute(Runnable task) {
        if (!tasks.add(Objects.requireNonNull(task, "task"), inLoop())) {
            throw TaskQueue.rejected(thread.getName());
        }
    }

    /**
     * Runs {@code action} once, {@code delay} from now or as soon after as the loop gets to it. On the loop's thread.
     *
     * @param delay 0 or less for the end of this turn
     */
    public Timer after(long delay, TimeUnit unit, Runnable action) {
        return timers.schedule(unit.toNanos(delay), 0, action);
    }

    /**
     * Runs {@code action} every {@code period}, first after one period. Beats that the loop was too busy for are left
     * out. On the loop's thread.
     *
     * @throws IllegalArgumentException if {@code period} is not positive
     */
    public Timer every(long period, TimeUnit unit, Runnable action) {
        if (period <= 0) {
            throw new IllegalArgumentException("period is " + period + ", but must be positive");
        }
        return timers.schedule(unit.toNanos(period), unit.toNanos(period), action);
    }

    /** {@return whether this is the loop's thread} Safe from any thread. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** {@return the counters of this loop} Safe from any thread. */
    public LoopStats stats() {
        return stats;
    }

    /**
     * Begins to end the loop. Safe from any thread; returns at once, and {@link #join} waits. Stops accepting, receiving
     * and reading; what connections have pending is written; after {@code drainMillis} what is left is aborted.
     */
    public void shutdown(long drainMillis) {
        try {
            execute(() -> beginShutdown(drainMillis));
        } catch (RejectedExecutionException alreadyEnded) {
            // Which is what was asked for.
        }
    }

    /** Ends the loop with 5 seconds to drain, and waits for that unless called on its thread. Safe from any thread. */
    @Override
    public void close() {
        shutdown(CLOSE_DRAIN_MILLIS);
        boolean interrupted = false;
        while (!inLoop() && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the loop has ended. Safe from any other thread.
     *
     * @throws IllegalStateException on the loop's own thread, which would wait for itself
     */
    public void join() throws InterruptedException {
        if (inLoop()) {
            throw new IllegalStateException("join would have '" + thread.getName() + "' wait for itself");
        }
        thread.join();
    }

    private void beginShutdown(long drainMillis) {
        shuttingDown = true;
        // Before anything else: whatever goes wrong in a source that retires, the loop ends in time.
        after(drainMillis, TimeUnit.MILLISECONDS, () -> poller.sources().forEach(Source::abandon));
        poller.sources().forEach(Source::retire);
    }

    private <T> T call(Callable<T> operation) throws IOException {
        FutureTask<T> task = new FutureTask<>(operation);
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
        return TaskQueue.await(task);
    }

    // ---- for the sources -----------------------------------------------------------------------------------------

    Platform platform() {
        return platform;
    }

    Selector selector() {
        return poller.selector();
    }

    boolean hasSources() {
        return !poller.isIdle() || !cancelled.isEmpty();
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

    /** The time of this turn, since its select returned: spares a clock reading per connection. */
    long now() {
        if (!timeKnown) {
            timeKnown = true;
            now = platform.nanoTime();
        }
        return now;
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

    void checkThread(String what) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    what + " belongs to the loop's thread '" + thread.getName() + "', but was used on '"
                            + Thread.currentThread().getName() + "'; hand a task to execute() instead");
        }
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
