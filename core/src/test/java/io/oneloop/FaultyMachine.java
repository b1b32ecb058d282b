package io.oneloop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A loop on a thread of its own, which really waits, and whose selectors break when the test says so. */
final class FaultyMachine implements Platform, LoopObserver, AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    final EventLoop loop;
    final Thread thread;
    final AtomicInteger selects = new AtomicInteger();
    /** The selects among these that a broken selector ended at once. */
    final AtomicInteger spins = new AtomicInteger();

    final AtomicInteger parks = new AtomicInteger();
    final AtomicInteger selectorsOpened = new AtomicInteger();
    final List<Throwable> replaced = new CopyOnWriteArrayList<>();
    final List<Throwable> failedAccepts = new CopyOnWriteArrayList<>();
    final List<String> errors = new CopyOnWriteArrayList<>();

    private volatile Selector current;
    private volatile Selector broken;
    private volatile Supplier<? extends Throwable> unchecked;
    private volatile IOException checked;
    private final AtomicInteger brokenSelects = new AtomicInteger();
    private volatile IOException acceptFault;
    private volatile Error clockFault;

    FaultyMachine() {
        CompletableFuture<EventLoop> made = new CompletableFuture<>();
        thread = new Thread(
                () -> {
                    EventLoop mine = EventLoop.onThisThread(this, this);
                    made.complete(mine);
                    mine.reactor().run();
                },
                "faulty");
        thread.start();
        loop = made.join();
    }

    /** From now on the selector in use returns at once with nothing ready. A new one works. */
    void breakSelector() {
        broken = current;
        loop.execute(() -> {});
    }

    /** From now on the selector in use throws. A new one works. */
    void breakSelector(Supplier<? extends Throwable> fault) {
        unchecked = fault;
        breakSelector();
    }

    void breakSelector(IOException fault) {
        checked = fault;
        breakSelector();
    }

    /** The next selects fail, whatever the selector. */
    void breakSelects(int count) {
        brokenSelects.set(count);
        loop.execute(() -> {});
    }

    /** The next reading of the clock throws, which no callback is there to catch. */
    void breakClock(Error fault) {
        clockFault = fault;
    }

    /** @param fault null for none */
    void breakAccepts(IOException fault) {
        acceptFault = fault;
    }

    @Override
    public Selector openSelector() throws IOException {
        selectorsOpened.incrementAndGet();
        current = Platform.super.openSelector();
        return current;
    }

    @Override
    public int select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        selects.incrementAndGet();
        if (brokenSelects.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            throw new IOException("injected");
        }
        if (selector != broken) {
            return Platform.super.select(selector, action, timeoutMillis);
        }
        if (unchecked != null) {
            throwUnchecked(unchecked.get());
        }
        if (checked != null) {
            throw checked;
        }
        spins.incrementAndGet();
        return 0;
    }

    private static void throwUnchecked(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }

    @Override
    public long nanoTime() {
        Error fault = clockFault;
        if (fault != null) {
            clockFault = null;
            throw fault;
        }
        return Platform.super.nanoTime();
    }

    @Override
    public SocketChannel accept(ServerSocketChannel listener) throws IOException {
        if (acceptFault != null) {
            throw acceptFault;
        }
        return Platform.super.accept(listener);
    }

    @Override
    public void park(long nanos) {
        parks.incrementAndGet();
    }

    @Override
    public void onSelectorReplaced(Throwable fault) {
        replaced.add(fault);
    }

    @Override
    public void onAcceptFailed(TcpListener listener, IOException error) {
        failedAccepts.add(error);
    }

    @Override
    public void onError(String context, Throwable error) {
        errors.add(context + ": " + error);
    }

    /** {@return the address of a server that sends back what comes} */
    InetSocketAddress echo() throws IOException {
        return listen((connection, data) -> connection.send(data));
    }

    InetSocketAddress listen(TcpHandler handler) throws IOException {
        return loop.listenTcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler)
                .localAddress();
    }

    static Socket connect(InetSocketAddress server) throws IOException {
        Socket client = new Socket();
        client.setSoTimeout(PATIENCE_MILLIS);
        client.connect(server, PATIENCE_MILLIS);
        return client;
    }

    /** {@return what comes back for {@code text}, as much of it as was sent} */
    static String exchange(Socket client, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.getOutputStream().write(bytes);
        return new String(client.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        loop.shutdown(0);
        loop.close();
    }
}
