package io.oneloop.client.load;

import io.oneloop.client.NetworkCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;

/** Which kind of error an exception stands for. */
final class Failures {

    private Failures() {}

    static ErrorKind ofConnect(IOException failure) {
        switch (NetworkCause.of(failure)) {
            case TIMED_OUT:
                return ErrorKind.CONNECT_TIMEOUT;
            case NO_PORT:
                return ErrorKind.CONNECT_NO_PORT;
            case NO_DESCRIPTOR:
                return ErrorKind.CONNECT_NO_DESCRIPTOR;
            case UNREACHABLE:
                return ErrorKind.CONNECT_UNREACHABLE;
            case REFUSED:
            case RESET:
                return ErrorKind.CONNECT_REFUSED;
            default:
                return ErrorKind.CONNECT_OTHER;
        }
    }

    static ErrorKind ofEnd(Throwable cause) {
        return NetworkCause.of(cause) == NetworkCause.BROKEN_PIPE ? ErrorKind.SEND_RESET : ErrorKind.READ_RESET;
    }

    static boolean isUnreachable(Throwable cause) {
        return cause instanceof PortUnreachableException || cause instanceof ConnectException;
    }
}
