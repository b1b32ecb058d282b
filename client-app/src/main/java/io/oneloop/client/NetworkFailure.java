package io.oneloop.client;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Says what a failure of the network means and what to try. */
final class NetworkFailure {

    private NetworkFailure() {}

    /**
     * @param operation what failed: {@code connect tcp 127.0.0.1:7890}
     * @param error as core or the JDK reports it
     */
    static Outcome explain(Messages messages, String operation, IOException error) {
        Throwable cause = error.getCause() instanceof IOException ? error.getCause() : error;
        return Outcome.failure(messages.get(key(cause), operation, cause.getMessage()));
    }

    /** The JDK has one exception for several errno, whose texts are those of strerror(3). */
    private static String key(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof PortUnreachableException) {
            return "fail.portUnreachable";
        }
        if (cause instanceof SocketTimeoutException || text.contains("timed out")) {
            return "fail.timedOut";
        }
        if (text.contains("refused")) {
            return "fail.refused";
        }
        if (cause instanceof NoRouteToHostException
                || text.contains("unreachable")
                || text.contains("no route")
                || text.contains("address family")
                || text.contains("cannot assign")) {
            return "fail.noRoute";
        }
        if (text.contains("reset") || text.contains("broken pipe") || text.contains("aborted")) {
            return "fail.reset";
        }
        return "fail.other";
    }
}
