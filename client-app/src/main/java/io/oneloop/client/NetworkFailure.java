package io.oneloop.client;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Says what a failure of the network means and what to try. */
final class NetworkFailure {

    private static final String TIMED_OUT = "fail.timedOut";
    private static final String RESET = "fail.reset";

    private NetworkFailure() {}

    /**
     * @param operation what failed: {@code connect tcp 127.0.0.1:7890}
     * @param error as core or the JDK reports it
     */
    static Outcome explain(Messages messages, String operation, IOException error) {
        return explain(messages, key(cause(error)), operation, error);
    }

    /** As {@link #explain}, of a connection that was there: what may take long is then no longer the connect. */
    static Outcome explainLoss(Messages messages, String connection, IOException error) {
        String key = key(cause(error));
        return explain(messages, key.equals(TIMED_OUT) ? "fail.vanished" : key, connection, error);
    }

    /** {@return whether the peer has sent a RST} */
    static boolean isReset(IOException error) {
        return key(cause(error)).equals(RESET);
    }

    private static Outcome explain(Messages messages, String key, String operation, IOException error) {
        return Outcome.failure(messages.get(key, operation, cause(error).getMessage()));
    }

    private static Throwable cause(IOException error) {
        return error.getCause() instanceof IOException ? error.getCause() : error;
    }

    /** The JDK has one exception for several errno, whose texts are those of strerror(3). */
    private static String key(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof PortUnreachableException) {
            return "fail.portUnreachable";
        }
        if (cause instanceof SocketTimeoutException || text.contains("timed out")) {
            return TIMED_OUT;
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
            return RESET;
        }
        return "fail.other";
    }
}
