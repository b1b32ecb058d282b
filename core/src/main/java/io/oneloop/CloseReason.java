package io.oneloop;

/** Why a connection ended. {@link TcpConnection#closeCause()} has the exception where there was one. */
public enum CloseReason {
    /** The peer finished sending, and what it was owed has been written. */
    PEER_FINISHED,
    /** {@link TcpConnection#close()}, or the loop's shutdown, and what was owed has been written. */
    CLOSED,
    /** {@link TcpConnection#abort()}, or the end of the loop's drain time with something owed. That is lost. */
    ABORTED,
    /** The peer reset the connection, or the network broke it. */
    NETWORK_ERROR,
    /** A handler threw. */
    HANDLER_ERROR,
    /** Nothing was read or written for {@link TcpOptions#idleTimeoutMillis()}. */
    IDLE_TIMEOUT,
    /** The peer took none of the bytes that wait for it for {@link TcpOptions#writeTimeoutMillis()}. */
    WRITE_TIMEOUT,
    /** More was sent than {@link TcpOptions#maxPendingBytes()} while the peer did not read. */
    WRITE_OVERFLOW
}
