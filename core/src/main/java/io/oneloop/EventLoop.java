package io.oneloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
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
 * Wait for readiness; serve each ready key; run the tasks; run the timers that are due; release what was closed; write the
 * replies that were put together on the way. Ready work, tasks and timers are bounded per turn, so that none starves
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

    private final Reactor reactor;

    private EventLoop(Thread adopted, String name, LoopObserver observer, Platform platform) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(observer, "observer");
        reactor = new Reactor(this, adopted, name, observer, platform);
    }

    /**
     * Starts a loop whose errors go to the thread's uncaught-exception handler. The JVM does not end before the loop does.
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
        loop.reactor.start();
        return loop;
    }

    /** A loop of the calling thread, which makes each {@link Reactor#turn} by hand. */
    static EventLoop onThisThread(LoopObserver observer, Platform platform) {
        Thread thread = Thread.currentThread();
        return new EventLoop(thread, thread.getName(), observer, platform);
    }

    Reactor reactor() {
        return reactor;
    }

    // ---- sockets -------------------------------------------------------------------------------------------------

    /** As {@link #listenTcp(InetSocketAddress, TcpOptions, TcpHandler)}, with the default options. */
    public TcpListener listenTcp(InetSocketAddress address, TcpHandler handler) throws IOException {
        return listenTcp(address, TcpOptions.DEFAULT, handler);
    }

    /**
     * Listens for TCP connections. Safe from any thread; returns when connections are being accepted.
     *
     * @param address port 0 takes a free one; the wildcard address takes IPv4 and IPv6
     * @throws IOException if the address cannot be bound: {@code bind tcp [::]:7890: Address already in use}
     * @throws IllegalArgumentException if the host is not resolved
     * @throws RejectedExecutionException if the loop has ended
     */
    public TcpListener listenTcp(InetSocketAddress address, TcpOptions options, TcpHandler handler) throws IOException {
        return call(() -> TcpListener.open(reactor, address, options, handler));
    }

    /** As {@link #bindUdp(InetSocketAddress, UdpOptions, UdpHandler)}, with the default options. */
    public UdpSocket bindUdp(InetSocketAddress address, UdpHandler handler) throws IOException {
        return bindUdp(address, UdpOptions.DEFAULT, handler);
    }

    /**
     * Binds a UDP socket. Safe from any thread; returns when datagrams are being received.
     *
     * @param address port 0 takes a free one; the wildcard address takes IPv4 and IPv6
     * @throws IOException if the address cannot be bound: {@code bind udp [::]:7788: Address already in use}
     * @throws IllegalArgumentException if the host is not resolved
     * @throws RejectedExecutionException if the loop has ended
     */
    public UdpSocket bindUdp(InetSocketAddress address, UdpOptions options, UdpHandler handler) throws IOException {
        return call(() -> UdpSocket.bind(reactor, address, options, handler));
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
        return call(() -> UdpSocket.connect(reactor, local, remote, options, handler));
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
        TcpConnector connector = new TcpConnector(reactor, local, remote, options, handler, onFailure);
        execute(connector::start);
        return connector;
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

    // ---- tasks and timers ----------------------------------------------------------------------------------------

    /**
     * Runs {@code task} on the loop's thread, in this turn or one of the next. Safe from any thread: the one door into the
     * loop.
     *
     * @throws RejectedExecutionException if the loop has ended
     */
    @Override
    public void execute(Runnable task) {
        reactor.execute(Objects.requireNonNull(task, "task"));
    }

    /**
     * Runs {@code action} once, {@code delay} from now or as soon after as the loop gets to it. On the loop's thread.
     *
     * @param delay 0 or less for this turn, or the next where the timers of this one have run
     */
    public Timer after(long delay, TimeUnit unit, Runnable action) {
        return reactor.schedule(unit.toNanos(delay), 0, action);
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
        return reactor.schedule(unit.toNanos(period), unit.toNanos(period), action);
    }

    /** {@return whether this is the loop's thread} Safe from any thread. */
    public boolean inLoop() {
        return reactor.inLoop();
    }

    /** {@return the counters of this loop} Safe from any thread. */
    public LoopStats stats() {
        return reactor.stats();
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    /**
     * Begins to end the loop. Safe from any thread; returns at once, and {@link #join} waits. Stops accepting, receiving
     * and reading; what connections have pending is written; after {@code drainMillis} what is left is aborted. Of several
     * calls, the one whose time is over first counts.
     */
    public void shutdown(long drainMillis) {
        try {
            execute(() -> reactor.beginShutdown(drainMillis));
        } catch (RejectedExecutionException alreadyEnded) {
            // Which is what was asked for.
        }
    }

    /** Ends the loop with 5 seconds to drain, and waits for that unless called on its thread. Safe from any thread. */
    @Override
    public void close() {
        shutdown(CLOSE_DRAIN_MILLIS);
        Thread thread = reactor.thread();
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
        Thread thread = reactor.thread();
        if (inLoop()) {
            throw new IllegalStateException("join would have '" + thread.getName() + "' wait for itself");
        }
        thread.join();
    }
}
