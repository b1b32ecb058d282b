package io.oneloop.client.load;

/** What a run does about an error. */
public enum OnError {
    /** Goes on with the connections that are left; one that timed out waits for its late reply. */
    CONTINUE,
    /** Replaces a connection that was lost or timed out. */
    RECONNECT,
    /** Ends the run. */
    STOP
}
