package io.oneloop.client.load;

/** What can go wrong with a request or its connection: in which phase, how, and what to do about it. */
public enum ErrorKind {
    /** Nobody listens. */
    CONNECT_REFUSED("connect", "refused", "nobody listens there, or its queue of new connections is full and resets"),
    /** The connect was not answered in time. */
    CONNECT_TIMEOUT(
            "connect",
            "timeout",
            "the server's accept queue is full (see 'doctor') or a firewall drops packets; try a lower --connect-rate"),
    /** No ephemeral port was free. */
    CONNECT_NO_PORT("connect", "no-port", "ephemeral ports ran out: spread over addresses with --source 127.0.0.0/8"),
    /** No descriptor was free. */
    CONNECT_NO_DESCRIPTOR("connect", "no-descriptor", "raise this process's descriptor limit: ulimit -n"),
    /** No route to the host. */
    CONNECT_UNREACHABLE("connect", "unreachable", "no route to the host, or a firewall rejects it"),
    /** Any other failure to connect. */
    CONNECT_OTHER("connect", "other", "see the example"),
    /** The peer reset the connection while we wrote. */
    SEND_RESET("send", "reset", "the server closed the connection while it was written to"),
    /** The kernel did not take a datagram. */
    SEND_REFUSED("send", "refused", "the kernel took no datagram: its buffer is full, a firewall, or nobody listens"),
    /** A request was due, but no connection was free before the run ended. */
    SEND_NOT_SENT("send", "not-sent", "every connection was busy: more connections (-c), or a lower rate"),
    /** The peer reset the connection. */
    READ_RESET("read", "reset", "the server dropped the connection: look for its limits and its log"),
    /** The peer closed the connection with requests unanswered or unasked. */
    READ_CLOSED("read", "closed", "the server closes connections: look for its limits, or set --requests-per-conn"),
    /** No reply in time, or none before the run ended. */
    READ_TIMEOUT("read", "timeout", "the server is overloaded or lost the request; see --timeout"),
    /** ICMP port unreachable came back. */
    READ_UNREACHABLE("read", "unreachable", "nobody listens on that UDP port"),
    /** A reply had other bytes than expected. */
    REPLY_WRONG_BYTES("reply", "wrong-bytes", "the replies are not what --expect says"),
    /** More came than was asked for. */
    REPLY_UNEXPECTED(
            "reply",
            "unexpected",
            "more replies than requests: a per-read server answers a message once per chunk, or --expect is too short");

    private final String phase;
    private final String kind;
    private final String hint;

    ErrorKind(String phase, String kind, String hint) {
        this.phase = phase;
        this.kind = kind;
        this.hint = hint;
    }

    /** {@return what to do about it} */
    public String hint() {
        return hint;
    }

    /** {@return {@code connect}, {@code send}, {@code read} or {@code reply}} */
    public String phase() {
        return phase;
    }

    /** {@return {@code read/reset}} */
    @Override
    public String toString() {
        return phase + "/" + kind;
    }
}
