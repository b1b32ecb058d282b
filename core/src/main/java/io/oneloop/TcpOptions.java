package io.oneloop;

import java.util.Objects;

/**
 * Settings of a {@link TcpListener} and its connections, or of one outgoing {@link TcpConnection}. Times of 0 mean
 * "never".
 *
 * @param ipv4Only whether the wildcard address, too, means IPv4 alone; default false, IPv4 and IPv6
 * @param backlog connections that the kernel keeps waiting until they are accepted, 1 to 65,535; default 4096. Linux
 *     takes the smaller of this and net.core.somaxconn
 * @param acceptsPerTurn the most connections accepted in one turn of the loop, 1 to 65,536; default 64
 * @param maxConnections the most connections that a listener has open at once, 1 to 2^31-1; default 2^31-1. What comes
 *     beyond is closed at once and counted as {@link RefuseReason#MAX_CONNECTIONS}
 * @param maxConnectionsPerAddress the most of these from one address, or from one network with IPv6, a /64; 0 for no limit;
 *     default 0
 * @param access who may connect; the others are closed at once and counted. Default everyone
 * @param highWaterBytes a connection that has more than this pending is not read until all of it is written, 1 to 2^30;
 *     default 64 KiB
 * @param readWhenFull whether it is read even so; default false. A client that streams to a peer with the same rule needs
 *     it: neither would read until the other does
 * @param maxPendingBytes the most bytes copied for a connection that does not read, 1 to 2^30; default 1 MiB. More ends it
 *     with {@link CloseReason#WRITE_OVERFLOW}. What is owed of a {@link Reply} takes no memory and is not limited,
 *     unless it comes behind other bytes that the kernel has refused. Not above highWaterBytes, it is exceeded before
 *     {@code send} says to stop
 * @param noDelay whether small writes go out at once (TCP_NODELAY); default true
 * @param connectTimeoutMillis how long a connect may take; default 10,000
 * @param idleTimeoutMillis closes a connection on which nothing was read or written for this long; default 0
 * @param writeTimeoutMillis aborts a connection whose peer takes none of the pending bytes for this long; default 30,000
 * @param closeTimeoutMillis how long a connection that we close, with all written, waits for the peer to close too;
 *     default 5,000
 */
public record TcpOptions(
        boolean ipv4Only,
        int backlog,
        int acceptsPerTurn,
        int maxConnections,
        int maxConnectionsPerAddress,
        AccessList access,
        int highWaterBytes,
        boolean readWhenFull,
        int maxPendingBytes,
        boolean noDelay,
        long connectTimeoutMillis,
        long idleTimeoutMillis,
        long writeTimeoutMillis,
        long closeTimeoutMillis) {

    /** The defaults. */
    public static final TcpOptions DEFAULT = builder().build();

    private static final int MAX_BYTES = 1 << 30;
    private static final long MAX_MILLIS = 365L * 24 * 3600 * 1000;

    /** @throws IllegalArgumentException naming the value that is out of range */
    public TcpOptions {
        check("backlog", backlog, 1, 65_535);
        check("acceptsPerTurn", acceptsPerTurn, 1, 65_536);
        check("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
        check("maxConnectionsPerAddress", maxConnectionsPerAddress, 0, Integer.MAX_VALUE);
        Objects.requireNonNull(access, "access");
        check("highWaterBytes", highWaterBytes, 1, MAX_BYTES);
        check("maxPendingBytes", maxPendingBytes, 1, MAX_BYTES);
        check("connectTimeoutMillis", connectTimeoutMillis, 0, MAX_MILLIS);
        check("idleTimeoutMillis", idleTimeoutMillis, 0, MAX_MILLIS);
        check("writeTimeoutMillis", writeTimeoutMillis, 0, MAX_MILLIS);
        check("closeTimeoutMillis", closeTimeoutMillis, 0, MAX_MILLIS);
    }

    /** {@return a builder that starts from the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be " + min + " to " + max);
        }
    }

    /** Collects settings; {@link TcpOptions} describes each. Not safe for use by several threads. */
    public static final class Builder {
        private boolean ipv4Only = false;
        private int backlog = 4096;
        private int acceptsPerTurn = 64;
        private int maxConnections = Integer.MAX_VALUE;
        private int maxConnectionsPerAddress = 0;
        private AccessList access = AccessList.EVERYONE;
        private int highWaterBytes = 64 * 1024;
        private boolean readWhenFull = false;
        private int maxPendingBytes = 1024 * 1024;
        private boolean noDelay = true;
        private long connectTimeoutMillis = 10_000;
        private long idleTimeoutMillis = 0;
        private long writeTimeoutMillis = 30_000;
        private long closeTimeoutMillis = 5_000;

        private Builder() {}

        /** Sets {@link TcpOptions#ipv4Only}. */
        public Builder ipv4Only(boolean value) {
            ipv4Only = value;
            return this;
        }

        /** Sets {@link TcpOptions#backlog}. */
        public Builder backlog(int value) {
            backlog = value;
            return this;
        }

        /** Sets {@link TcpOptions#acceptsPerTurn}. */
        public Builder acceptsPerTurn(int value) {
            acceptsPerTurn = value;
            return this;
        }

        /** Sets {@link TcpOptions#maxConnections}. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** Sets {@link TcpOptions#maxConnectionsPerAddress}. */
        public Builder maxConnectionsPerAddress(int value) {
            maxConnectionsPerAddress = value;
            return this;
        }

        /** Sets {@link TcpOptions#access}. */
        public Builder access(AccessList value) {
            access = value;
            return this;
        }

        /** Sets {@link TcpOptions#highWaterBytes}. */
        public Builder highWaterBytes(int value) {
            highWaterBytes = value;
            return this;
        }

        /** Sets {@link TcpOptions#readWhenFull}. */
        public Builder readWhenFull(boolean value) {
            readWhenFull = value;
            return this;
        }

        /** Sets {@link TcpOptions#maxPendingBytes}. */
        public Builder maxPendingBytes(int value) {
            maxPendingBytes = value;
            return this;
        }

        /** Sets {@link TcpOptions#noDelay}. */
        public Builder noDelay(boolean value) {
            noDelay = value;
            return this;
        }

        /** Sets {@link TcpOptions#connectTimeoutMillis}. */
        public Builder connectTimeoutMillis(long value) {
            connectTimeoutMillis = value;
            return this;
        }

        /** Sets {@link TcpOptions#idleTimeoutMillis}. */
        public Builder idleTimeoutMillis(long value) {
            idleTimeoutMillis = value;
            return this;
        }

        /** Sets {@link TcpOptions#writeTimeoutMillis}. */
        public Builder writeTimeoutMillis(long value) {
            writeTimeoutMillis = value;
            return this;
        }

        /** Sets {@link TcpOptions#closeTimeoutMillis}. */
        public Builder closeTimeoutMillis(long value) {
            closeTimeoutMillis = value;
            return this;
        }

        /**
         * @return the settings
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public TcpOptions build() {
            return new TcpOptions(
                    ipv4Only,
                    backlog,
                    acceptsPerTurn,
                    maxConnections,
                    maxConnectionsPerAddress,
                    access,
                    highWaterBytes,
                    readWhenFull,
                    maxPendingBytes,
                    noDelay,
                    connectTimeoutMillis,
                    idleTimeoutMillis,
                    writeTimeoutMillis,
                    closeTimeoutMillis);
        }
    }
}
