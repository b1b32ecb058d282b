package io.oneloop.server;

import java.io.UncheckedIOException;

/** Tells in one sentence why there is no server. */
final class Failure {

    private Failure() {}

    /** {@return the exit code of the process} */
    static int tell(Exception error, Messages messages) {
        boolean wrongUse = error instanceof WrongUse;
        boolean saysWhat = error instanceof UncheckedIOException;
        String sentence = wrongUse ? error.getMessage() : messages.get("failed", saysWhat ? error.getMessage() : error);
        System.err.println("oneloop: " + sentence);
        return wrongUse ? ExitCode.WRONG_USE : ExitCode.FAILED;
    }
}
