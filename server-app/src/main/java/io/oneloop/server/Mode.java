package io.oneloop.server;

/** What a peer gets for what it sends. */
enum Mode {
    /** Always the same bytes. */
    REPLY,
    /** What it sent (RFC 862). */
    ECHO,
    /** Nothing (RFC 863). */
    DISCARD
}
