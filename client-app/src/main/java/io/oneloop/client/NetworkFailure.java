package io.oneloop.client;

import java.io.IOException;

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

    private static String key(Throwable cause) {
        switch (NetworkCause.of(cause)) {
            case PORT_UNREACHABLE:
                return "fail.portUnreachable";
            case TIMED_OUT:
                return TIMED_OUT;
            case REFUSED:
                return "fail.refused";
            case UNREACHABLE:
            case NO_PORT:
                return "fail.noRoute";
            case RESET:
            case BROKEN_PIPE:
                return RESET;
            default:
                return "fail.other";
        }
    }
}
