package io.oneloop.server;

/** How the program ends. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private ExitCode() {}
}
