package io.oneloop.client.load;

import io.oneloop.Addresses;
import io.oneloop.CloseReason;
import io.oneloop.client.NetworkCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
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

    /**
     * A connect that failed, in words: the system's own only where nothing else is known, since they follow its locale.
     *
     * @param transport {@code tcp} or {@code udp}
     */
    static Sentence connectInWords(String transport, InetSocketAddress target, IOException failure) {
        String address = transport + " " + Addresses.format(target);
        return Sentence.of("example." + ofConnect(failure), address, inWords(failure));
    }

    static String inWords(IOException failure) {
        return String.valueOf((failure.getCause() instanceof IOException cause ? cause : failure).getMessage());
    }

    static ErrorKind ofEnd(CloseReason reason, Throwable cause) {
        if (reason == CloseReason.PEER_FINISHED) {
            return ErrorKind.READ_CLOSED;
        }
        // It was us who broke the connection off, since nothing of what we had sent was taken.
        if (reason == CloseReason.WRITE_TIMEOUT) {
            return ErrorKind.READ_TIMEOUT;
        }
        return NetworkCause.of(cause) == NetworkCause.BROKEN_PIPE ? ErrorKind.SEND_RESET : ErrorKind.READ_RESET;
    }

    static boolean isUnreachable(Throwable cause) {
        return cause instanceof PortUnreachableException || cause instanceof ConnectException;
    }
}
