package io.oneloop.client.load;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;

/** What can go wrong with a request or its connection: in which phase, how, and what to do about it. */
public enum ErrorKind {
    /** Nobody listens. */
    CONNECT_REFUSED("connect", "refused"),
    /** The connect was not answered in time. */
    CONNECT_TIMEOUT("connect", "timeout"),
    /** No ephemeral port was free. */
    CONNECT_NO_PORT("connect", "no-port"),
    /** No descriptor was free. */
    CONNECT_NO_DESCRIPTOR("connect", "no-descriptor"),
    /** No route to the host. */
    CONNECT_UNREACHABLE("connect", "unreachable"),
    /** Any other failure to connect. */
    CONNECT_OTHER("connect", "other"),
    /** The peer reset the connection while we wrote. */
    SEND_RESET("send", "reset"),
    /** The kernel did not take a datagram. */
    SEND_REFUSED("send", "refused"),
    /** A request was due, but no connection was free before the run ended. */
    SEND_NOT_SENT("send", "not-sent"),
    /** The peer reset the connection. */
    READ_RESET("read", "reset"),
    /** The peer closed the connection with requests unanswered or unasked. */
    READ_CLOSED("read", "closed"),
    /** No reply in time, or none before the run ended. */
    READ_TIMEOUT("read", "timeout"),
    /** No reply yet when the run was interrupted, and its time was not up: it may well have come. */
    READ_INTERRUPTED("read", "interrupted"),
    /** ICMP port unreachable came back. */
    READ_UNREACHABLE("read", "unreachable"),
    /** A reply had other bytes than expected. */
    REPLY_WRONG_BYTES("reply", "wrong-bytes"),
    /** More came than was asked for. */
    REPLY_UNEXPECTED("reply", "unexpected");

    private final String phase;
    private final String kind;

    ErrorKind(String phase, String kind) {
        this.phase = phase;
        this.kind = kind;
    }

    /** {@return what to do about it, in English} */
    public String hint() {
        return hint(Messages.ofLoad(Language.EN));
    }

    String hint(Messages messages) {
        return messages.get("hint." + this);
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
