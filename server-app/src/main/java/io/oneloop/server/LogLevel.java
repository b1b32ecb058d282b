package io.oneloop.server;

/** How much the program says while it serves. */
enum LogLevel {
    /** Each connection, request and datagram. */
    ALL,
    /** What goes wrong, and a summary at the end. */
    SUMMARY,
    /** The ready line alone. */
    OFF
}
