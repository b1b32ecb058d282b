package io.oneloop.client;

/** Ends a command with one sentence for the user, and never with a stack trace. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailure(Outcome outcome) {
        this(outcome.exitCode(), outcome.sentence());
    }

    /**
     * @param exitCode one of {@link ExitCode}
     * @param sentence what happened and what to do, or null if there is nothing to tell
     */
    public CommandFailure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    Outcome outcome() {
        return new Outcome(exitCode, getMessage());
    }
}
