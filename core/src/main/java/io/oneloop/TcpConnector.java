package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A TCP connect that is under way. From {@link EventLoop#connectTcp}. Every method belongs to the loop's thread. */
public final class TcpConnector extends Source {

    /** Made while there is memory. */
    private static final IOException OUT_OF_MEMORY = new IOException("connect tcp: out of memory");

    private final Reactor reactor;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final TcpOptions options;
    private final TcpHandler handler;
    private final Consumer<IOException> onFailure;
    private SocketChannel channel;
    private Timer deadline;
    private Throwable failure;
    private boolean done;

    TcpConnector(
            Reactor reactor,
            InetSocketAddress local,
            InetSocketAddress remote,
            TcpOptions options,
            TcpHandler handler,
            Consumer<IOException> onFailure) {
        this.reactor = reactor;
        this.local = local == null ? null : Addresses.requireResolved(local);
        this.remote = Addresses.requireResolved(remote);
        this.options = Objects.requireNonNull(options, "options");
        this.handler = Objects.requireNonNull(handler, "handler");
        this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
    }

    void start() {
        if (done) {
            return;
        }
        TcpConnection connection;
        try {
            reactor.checkTakesWork();
            ProtocolFamily family = Addresses.family(remote, options.ipv4Only());
            channel = family == null ? SocketChannel.open() : SocketChannel.open(family);
            channel.configureBlocking(false);
            if (local != null) {
                // Else a port in TIME_WAIT could not be bound again, and the ports of an address run out.
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(local);
            }
            moveTo(channel.register(reactor.selector(), SelectionKey.OP_CONNECT, this));
            if (!channel.connect(remote)) {
                if (options.connectTimeoutMillis() > 0) {
                    long nanos = TimeUnit.MILLISECONDS.toNanos(options.connectTimeoutMillis());
                    // By a task, which runs after the next ready keys: if a callback held the loop up, the answer may
                    // have come meanwhile.
                    deadline = reactor.schedule(nanos, 0, () -> reactor.execute(this::timedOut));
                }
                return;
            }
            connection = connected();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        connection.opened();
    }

    @Override
    void ready(SelectionKey ready) {
        if (done) {
            return;
        }
        TcpConnection connection;
        try {
            if (!channel.finishConnect()) {
                return;
            }
            connection = connected();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        connection.opened();
    }

    /** Until the connection is there, this answers for the channel: memory may run out on the way. */
    private TcpConnection connected() {
        key().interestOps(SelectionKey.OP_READ);
        TcpContext context = new TcpContext(reactor, options, handler, null);
        TcpConnection connection = new TcpConnection(context, channel, key(), remote);
        finish();
        reactor.stats().count(Counter.CONNECTED);
        return connection;
    }

    private void timedOut() {
        fail(new SocketTimeoutException("no answer within " + options.connectTimeoutMillis() + " ms"));
    }

    private void fail(Throwable cause) {
        if (done) {
            return;
        }
        reactor.stats().count(Counter.CONNECT_ERRORS);
        failure = cause;
        abandon();
    }

    /** Gives up; neither {@code onOpen} nor {@code onFailure} will run. No effect once either has. */
    public void cancel() {
        reactor.checkThread("cancel");
        // One that has failed already tells so when it is released.
        failure = null;
        abandon();
    }

    @Override
    void retire() {
        fail(Reactor.shuttingDown());
    }

    @Override
    void abandon() {
        if (!done) {
            reactor.releaseLater(this);
            finish();
            if (key() != null) {
                key().cancel();
            }
        }
    }

    private void finish() {
        done = true;
        if (deadline != null) {
            deadline.cancel();
        }
    }

    @Override
    void release() {
        if (channel != null) {
            closeChannel(reactor, channel);
        }
        if (failure != null) {
            try {
                onFailure.accept(described(failure));
            } catch (Throwable e) {
                reactor.report("onFailure " + this, e);
            }
        }
    }

    /** Not before the release: a failure for want of memory must get as far as that without any. */
    private IOException described(Throwable cause) {
        try {
            return Addresses.failure("connect tcp", remote, cause);
        } catch (OutOfMemoryError e) {
            return OUT_OF_MEMORY;
        }
    }

    /** {@return {@code connect tcp 127.0.0.1:7890}} */
    @Override
    public String toString() {
        return "connect tcp " + Addresses.format(remote);
    }
}
