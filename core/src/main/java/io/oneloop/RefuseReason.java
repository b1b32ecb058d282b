package io.oneloop;

/** Why a TCP connection was accepted only to be closed at once. */
public enum RefuseReason {
    /** {@link TcpOptions#maxConnections()} were open. */
    MAX_CONNECTIONS,
    /** {@link TcpOptions#maxConnectionsPerAddress()} of the peer's address were open. */
    MAX_CONNECTIONS_PER_ADDRESS,
    /** {@link TcpOptions#access()} does not permit the peer's address. */
    ACCESS_DENIED,
    /** The process had no descriptor left. */
    OUT_OF_DESCRIPTORS
}
