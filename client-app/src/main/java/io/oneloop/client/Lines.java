package io.oneloop.client;

/** Input by lines, typed or piped. */
interface Lines {

    /**
     * Asks and waits.
     *
     * @param prompt shown in front of the line
     * @return the bytes of the next line without its end, or null at the end of the input
     * @throws CommandFailure if the user interrupts, the line is longer than what it is for, the prompt cannot be
     *     written or the input not be read
     */
    byte[] next(String prompt);
}
