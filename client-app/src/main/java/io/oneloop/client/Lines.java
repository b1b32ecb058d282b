package io.oneloop.client;

import java.io.IOException;

/** Input by lines, typed or piped. */
interface Lines {

    /**
     * Asks and waits.
     *
     * @param prompt shown in front of the line
     * @return the bytes of the next line without its end, or null at the end of the input
     * @throws CommandFailure if the user interrupts, or the line is longer than what it is for
     */
    byte[] next(String prompt) throws IOException;
}
