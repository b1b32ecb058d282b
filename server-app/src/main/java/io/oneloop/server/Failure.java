package io.oneloop.server;

import java.io.UncheckedIOException;

/** Tells in one sentence why there is no server. */
final class Failure {

    private Failure() {}

    /** {@return the exit code of the process} */
    static int tell(Throwable error, Messages messages) {
        boolean wrongUse = error instanceof WrongUse;
        String sentence = wrongUse ? error.getMessage() : sentence(error, messages);
        System.err.println("oneloop: " + sentence);
        return wrongUse ? ExitCode.WRONG_USE : ExitCode.FAILED;
    }

    private static String sentence(Throwable error, Messages messages) {
        if (error instanceof OutOfMemoryError) {
            String what = String.valueOf(error.getMessage());
            return messages.get(what.contains("native thread") ? "failed.threads" : "failed.memory", what);
        }
        return messages.get("failed", error instanceof UncheckedIOException ? error.getMessage() : error);
    }
}
