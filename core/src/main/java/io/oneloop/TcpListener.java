package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * A bound TCP address whose connections a loop accepts. From {@link EventLoop#listenTcp}. Every method belongs to the
 * loop's thread unless it says otherwise.
 */
public final class TcpListener extends Source {

    private final Reactor reactor;
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final TcpOptions options;
    private final TcpContext context;
    private final AddressCounts perAddress;
    private int connections;
    private int failures;
    private boolean closed;

    private TcpListener(Reactor reactor, ServerSocketChannel channel, TcpOptions options, TcpHandler handler)
            throws IOException {
        this.reactor = reactor;
        this.channel = channel;
        this.options = options;
        context = new TcpContext(reactor, options, handler, this);
        perAddress = new AddressCounts(options.maxConnectionsPerAddress());
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    static TcpListener open(Reactor reactor, InetSocketAddress address, TcpOptions options, TcpHandler handler)
            throws IOException {
        Addresses.requireResolved(address);
        Objects.requireNonNull(handler, "handler");
        ProtocolFamily family = Addresses.family(address, options.ipv4Only());
        ServerSocketChannel channel = null;
        try {
            reactor.checkTakesWork();
            channel = family == null ? ServerSocketChannel.open() : ServerSocketChannel.open(family);
            channel.bind(address, options.backlog());
            channel.configureBlocking(false);
            TcpListener listener = new TcpListener(reactor, channel, options, handler);
            listener.moveTo(channel.register(reactor.selector(), SelectionKey.OP_ACCEPT, listener));
            return listener;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            throw Addresses.bindFailure("tcp", address, family, e);
        } catch (Error e) {
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    @Override
    void ready(SelectionKey ready) {
        for (int i = 0; i < options.acceptsPerTurn() && !closed; i++) {
            try {
                SocketChannel accepted = reactor.platform().accept(channel);
                if (accepted == null) {
                    failures = 0;
                    return;
                }
                admit(accepted);
                failures = 0;
            } catch (IOException e) {
                boolean exhausted = reactor.reserve().isExhausted();
                if (exhausted && !turnAway()) {
                    return;
                }
                reactor.stats().count(Counter.ACCEPT_ERRORS);
                if (exhausted || goesOnFailing(++failures, options.acceptsPerTurn())) {
                    failures = 0;
                    tell(e);
                    // Who was told may have closed it.
                    failed();
                    return;
                }
            }
        }
    }

    private void admit(SocketChannel accepted) throws IOException {
        InetSocketAddress entered = null;
        TcpConnection connection;
        try {
            InetSocketAddress remote = (InetSocketAddress) accepted.getRemoteAddress();
            RefuseReason refusal = refusal(remote);
            if (refusal != null) {
                reactor.stats().countRefused(refusal);
                accepted.close();
                return;
            }
            entered = remote;
            accepted.configureBlocking(false);
            SelectionKey key = accepted.register(reactor.selector(), SelectionKey.OP_READ);
            connection = new TcpConnection(context, accepted, key, remote);
        } catch (IOException | RuntimeException | Error e) {
            if (entered != null) {
                perAddress.leave(entered.getAddress());
            }
            accepted.close();
            throw e;
        }
        connections++;
        reactor.stats().count(Counter.ACCEPTED);
        connection.opened();
    }

    private RefuseReason refusal(InetSocketAddress remote) {
        if (!options.access().permits(remote.getAddress())) {
            return RefuseReason.ACCESS_DENIED;
        }
        if (connections >= options.maxConnections()) {
            return RefuseReason.MAX_CONNECTIONS;
        }
        return perAddress.enter(remote.getAddress()) ? null : RefuseReason.MAX_CONNECTIONS_PER_ADDRESS;
    }

    /**
     * Accepts those who wait, with the reserve, and closes them: so they learn of it.
     *
     * @return false if nobody waited: Linux refuses an accept for want of a descriptor before it looks (sys_accept4)
     */
    private boolean turnAway() {
        int told = 0;
        try {
            while (told < options.acceptsPerTurn() && reactor.reserve().turnAway(channel)) {
                reactor.stats().countRefused(RefuseReason.OUT_OF_DESCRIPTORS);
                told++;
            }
        } catch (IOException e) {
            return true;
        }
        return told > 0 || !reactor.reserve().isHeld();
    }

    private void tell(IOException error) {
        try {
            reactor.observer().onAcceptFailed(this, error);
        } catch (Throwable e) {
            reactor.report("onAcceptFailed", e);
        }
    }

    @Override
    void failed() {
        if (!closed) {
            rest(reactor);
        }
    }

    void connectionClosed(InetSocketAddress remote) {
        connections--;
        perAddress.leave(remote.getAddress());
    }

    /** {@return the connections that this listener accepted and that are open} */
    public int connections() {
        reactor.checkThread("connections");
        return connections;
    }

    /** {@return the bound address, with the real port} Safe from any thread. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /**
     * Stops accepting; connections live on. The port is not free before the selector has let go of it, at the end of the
     * next turn: a bind that comes sooner fails. No effect when already closed.
     */
    public void close() {
        reactor.checkThread("close");
        if (!closed) {
            reactor.releaseLater(this);
            closed = true;
            key().cancel();
        }
    }

    @Override
    void abandon() {
        close();
    }

    @Override
    void release() {
        closeChannel(reactor, channel);
    }

    /** {@return {@code listener tcp 127.0.0.1:7890}} */
    @Override
    public String toString() {
        return "listener tcp " + Addresses.format(local);
    }
}
