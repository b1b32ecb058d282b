package io.oneloop.server;

/** The program cannot do what it was asked to. The message is a sentence for the person who asked. */
final class WrongUse extends Exception {

    private static final long serialVersionUID = 1;

    WrongUse(String sentence) {
        super(sentence);
    }
}
