package io.oneloop.client.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Which kind of error an exception of the JDK stands for. The text decides where one class stands for several causes. */
final class Failures {

    private Failures() {}

    static ErrorKind ofConnect(IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String text = text(cause);
        if (cause instanceof SocketTimeoutException || text.contains("timed out")) {
            return ErrorKind.CONNECT_TIMEOUT;
        }
        if (text.contains("cannot assign requested address") || text.contains("address already in use")) {
            return ErrorKind.CONNECT_NO_PORT;
        }
        if (text.contains("too many open files")) {
            return ErrorKind.CONNECT_NO_DESCRIPTOR;
        }
        if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
            return ErrorKind.CONNECT_UNREACHABLE;
        }
        if (cause instanceof ConnectException && text.contains("refused") || text.contains("reset")) {
            return ErrorKind.CONNECT_REFUSED;
        }
        return ErrorKind.CONNECT_OTHER;
    }

    static ErrorKind ofEnd(Throwable cause) {
        return text(cause).contains("broken pipe") ? ErrorKind.SEND_RESET : ErrorKind.READ_RESET;
    }

    static boolean isUnreachable(Throwable cause) {
        return cause instanceof PortUnreachableException || cause instanceof ConnectException;
    }

    private static String text(Throwable cause) {
        return cause == null || cause.getMessage() == null
                ? ""
                : cause.getMessage().toLowerCase(Locale.ROOT);
    }
}
