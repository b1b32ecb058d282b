package io.oneloop.client;

import java.io.IOException;

/** What a session shows: the peer's bytes, and notes about them. Used by one thread; may block. */
interface Screen {

    /**
     * Shows what the peer sent.
     *
     * @param whole whether these bytes are a message of their own (a datagram) and not a piece of a stream
     */
    void data(byte[] bytes, boolean whole) throws IOException;

    /** Shows a line of our own. */
    void note(String line) throws IOException;

    /** Nothing more came for a moment. */
    default void lull() throws IOException {}

    /** Shows what is still held back. */
    void end() throws IOException;
}
