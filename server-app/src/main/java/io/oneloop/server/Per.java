package io.oneloop.server;

/** What counts as one request on a TCP connection. */
enum Per {
    /** Each started {@code --read-chunk} bytes of a read, as a blocking server with a buffer of that size would see it. */
    READ,
    /** Each newline. */
    LINE
}
