package io.oneloop.client;

/** What the process says to the shell. */
public final class ExitCode {

    /** The peer answered, or there was nothing to be answered. */
    public static final int ANSWERED = 0;

    /** The network failed, or no answer came. */
    public static final int NETWORK_FAILURE = 1;

    /** The command line makes no sense. */
    public static final int WRONG_USE = 2;

    /** Ctrl-C: 128 and the number of SIGINT, as shells have it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
