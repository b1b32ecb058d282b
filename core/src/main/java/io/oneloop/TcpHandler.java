package io.oneloop;

import java.nio.ByteBuffer;

/**
 * What a program does with a TCP connection. One handler may serve any number of connections: keep what belongs to one
 * of them with {@link TcpConnection#attach(Object)}.
 *
 * <p>Every method runs on the loop's thread, and none of them runs while another of the same loop does. A method that
 * throws ends its connection with {@link CloseReason#HANDLER_ERROR} and nothing else.
 */
@FunctionalInterface
public interface TcpHandler {

    /** The connection is there, accepted or connected; it may be sent to. */
    default void onOpen(TcpConnection connection) throws Exception {}

    /**
     * Bytes came: at least one, and at most {@link EventLoop#READ_BUFFER_BYTES}. TCP keeps no message boundaries; a
     * {@link Framer} finds them.
     *
     * @param data from position to limit, big-endian; valid during this call only. What is not consumed is not offered
     *     again.
     */
    void onData(TcpConnection connection, ByteBuffer data) throws Exception;

    /**
     * The peer finished sending: end of stream, which NIO reports as {@code -1} and recv(2) as 0 bytes. Closes the
     * connection once what is pending has been written, whatever the handler would still have sent in
     * {@link #onWritable}. A handler that overrides this to go on sending must close the connection later.
     */
    default void onEof(TcpConnection connection) throws Exception {
        connection.close();
    }

    /** What was pending is written, after a {@code send} that returned false. */
    default void onWritable(TcpConnection connection) throws Exception {}

    /** The connection is closed and its descriptor released. Called exactly once for every {@code onOpen}. */
    default void onClose(TcpConnection connection, CloseReason reason) throws Exception {}
}
