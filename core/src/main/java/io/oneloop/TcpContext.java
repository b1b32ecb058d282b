package io.oneloop;

import java.nio.ByteBuffer;

/**
 * What all connections of a listener have in common, kept once for all of them; and the calls of their handler, so that
 * what it throws ends the connection it was called for and nothing else.
 */
final class TcpContext {

    private final Reactor reactor;
    private final TcpOptions options;
    private final TcpHandler handler;
    private final TcpListener listener;

    /** @param listener null for an outgoing connection */
    TcpContext(Reactor reactor, TcpOptions options, TcpHandler handler, TcpListener listener) {
        this.reactor = reactor;
        this.options = options;
        this.handler = handler;
        this.listener = listener;
    }

    Reactor reactor() {
        return reactor;
    }

    TcpOptions options() {
        return options;
    }

    void opened(TcpConnection connection) {
        try {
            handler.onOpen(connection);
            connection.startIdleTimeout();
        } catch (Throwable e) {
            connection.handlerFailed("onOpen", e);
        }
    }

    void received(TcpConnection connection, ByteBuffer data) {
        try {
            handler.onData(connection, data);
        } catch (Throwable e) {
            connection.handlerFailed("onData", e);
        }
    }

    void peerFinished(TcpConnection connection) {
        try {
            handler.onEof(connection);
        } catch (Throwable e) {
            connection.handlerFailed("onEof", e);
        }
    }

    void writable(TcpConnection connection) {
        try {
            handler.onWritable(connection);
        } catch (Throwable e) {
            connection.handlerFailed("onWritable", e);
        }
    }

    void closed(TcpConnection connection, CloseReason reason) {
        reactor.stats().countClosed(reason);
        if (listener != null) {
            listener.connectionClosed(connection.remoteAddress());
        }
        try {
            handler.onClose(connection, reason);
        } catch (Throwable e) {
            reactor.report("onClose " + connection, e);
        }
    }
}
