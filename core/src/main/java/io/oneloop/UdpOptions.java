package io.oneloop;

import java.util.Objects;

/**
 * Settings of a {@link UdpSocket}.
 *
 * @param ipv4Only whether the wildcard address, too, means IPv4 alone; default false, IPv4 and IPv6
 * @param receiveBufferBytes the kernel's receive buffer (SO_RCVBUF), 1 to 2^30; default 4 MiB. The kernel may grant less
 *     (see net.core.rmem_max); {@link UdpSocket#receiveBufferBytes()} says what it granted
 * @param datagramsPerTurn the most datagrams received in one turn of the loop, 1 to 65,536; default 32
 * @param access whose datagrams are received; the others' are dropped and counted. Default everyone
 */
public record UdpOptions(boolean ipv4Only, int receiveBufferBytes, int datagramsPerTurn, AccessList access) {

    /** The defaults. */
    public static final UdpOptions DEFAULT = builder().build();

    /** @throws IllegalArgumentException naming the value that is out of range */
    public UdpOptions {
        TcpOptions.check("receiveBufferBytes", receiveBufferBytes, 1, 1 << 30);
        TcpOptions.check("datagramsPerTurn", datagramsPerTurn, 1, 65_536);
        Objects.requireNonNull(access, "access");
    }

    /** {@return a builder that starts from the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; {@link UdpOptions} describes each. Not safe for use by several threads. */
    public static final class Builder {
        private boolean ipv4Only = false;
        private int receiveBufferBytes = 4 * 1024 * 1024;
        // As many as UdpSocket answers in one batch: 64 cost 2 % more CPU with 32 in flight, for no gain elsewhere.
        private int datagramsPerTurn = 32;
        private AccessList access = AccessList.EVERYONE;

        private Builder() {}

        /** Sets {@link UdpOptions#ipv4Only}. */
        public Builder ipv4Only(boolean value) {
            ipv4Only = value;
            return this;
        }

        /** Sets {@link UdpOptions#receiveBufferBytes}. */
        public Builder receiveBufferBytes(int value) {
            receiveBufferBytes = value;
            return this;
        }

        /** Sets {@link UdpOptions#datagramsPerTurn}. */
        public Builder datagramsPerTurn(int value) {
            datagramsPerTurn = value;
            return this;
        }

        /** Sets {@link UdpOptions#access}. */
        public Builder access(AccessList value) {
            access = value;
            return this;
        }

        /**
         * @return the settings
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public UdpOptions build() {
            return new UdpOptions(ipv4Only, receiveBufferBytes, datagramsPerTurn, access);
        }
    }
}
