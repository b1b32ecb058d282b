package io.oneloop;

/** Why a datagram was not sent or not delivered. UDP promises nothing; the loop at least counts. */
public enum DropReason {
    /** The socket's send buffer was full (EAGAIN). */
    SEND_BUFFER_FULL,
    /** The kernel or a firewall refused the send (EPERM, ENOBUFS, EMSGSIZE, no route, port 0, …). */
    SEND_REFUSED,
    /** Receiving failed; on a connected socket most often an ICMP "port unreachable". */
    RECEIVE_ERROR,
    /** {@link UdpOptions#access()} does not permit the source address. */
    ACCESS_DENIED,
    /** The handler threw. */
    HANDLER_ERROR
}
