package io.oneloop.client;

/**
 * How a session ended.
 *
 * @param sentence what to tell the user, or null if there is nothing to tell
 */
record Outcome(int exitCode, String sentence) {

    static final Outcome ANSWERED = new Outcome(ExitCode.ANSWERED, null);

    static final Outcome INTERRUPTED = new Outcome(ExitCode.INTERRUPTED, null);

    static Outcome failure(String sentence) {
        return new Outcome(ExitCode.NETWORK_FAILURE, sentence);
    }

    static Outcome wrongUse(String sentence) {
        return new Outcome(ExitCode.WRONG_USE, sentence);
    }
}
