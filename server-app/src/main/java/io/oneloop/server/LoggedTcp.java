package io.oneloop.server;

import io.oneloop.CloseReason;
import io.oneloop.TcpConnection;
import io.oneloop.TcpHandler;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Tells the {@link RequestLog} what happens on connections, around the handler that answers them. */
final class LoggedTcp implements TcpHandler {

    private final TcpHandler handler;
    private final RequestLog log;
    private final BooleanSupplier ending;
    private int open;

    /** @param ending whether the server has begun to end, so that it waits for nobody */
    LoggedTcp(TcpHandler handler, RequestLog log, BooleanSupplier ending) {
        this.handler = handler;
        this.log = log;
        this.ending = ending;
    }

    @Override
    public void onOpen(TcpConnection connection) throws Exception {
        open++;
        connection.attach(new TextOfConnection());
        log.opened(connection.remoteAddress());
        handler.onOpen(connection);
    }

    @Override
    public void onData(TcpConnection connection, ByteBuffer data) throws Exception {
        log.request(connection.remoteAddress(), (TextOfConnection) connection.attachment(), data);
        handler.onData(connection, data);
    }

    @Override
    public void onEof(TcpConnection connection) throws Exception {
        handler.onEof(connection);
    }

    @Override
    public void onWritable(TcpConnection connection) throws Exception {
        handler.onWritable(connection);
    }

    @Override
    public void onClose(TcpConnection connection, CloseReason reason) throws Exception {
        log.closed(connection.remoteAddress(), (TextOfConnection) connection.attachment(), reason);
        open--;
        if (open == 0 && !ending.getAsBoolean()) {
            log.waiting();
        }
        handler.onClose(connection, reason);
    }
}
