package io.oneloop;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * One descriptor kept aside for the time when the process has no other. With it a waiting client can be accepted and told
 * so by a close; without it the client would wait in the backlog, and its listener's key would stay ready and spin.
 *
 * <p>Made before the first connection: it also makes the JDK load what a close needs, which on Java 17 takes two
 * descriptors the first time and, without them, fails for good.
 */
final class DescriptorReserve {

    private final Platform platform;
    private SocketChannel spare;

    DescriptorReserve(Platform platform) {
        this.platform = platform;
        replenish();
        close();
        replenish();
    }

    /** {@return whether the process is out of descriptors; takes up the reserve if it was spent} */
    boolean isExhausted() {
        if (spare == null) {
            return !replenish();
        }
        try (SocketChannel probe = platform.openSpare()) {
            return !probe.isOpen();
        } catch (IOException noDescriptor) {
            return true;
        }
    }

    /** {@return whether there is a descriptor to spend} */
    boolean isHeld() {
        return spare != null;
    }

    /**
     * Accepts one waiting client at the price of the reserve, and closes it.
     *
     * @return false if there was none, or no reserve to spend
     */
    boolean turnAway(ServerSocketChannel listener) throws IOException {
        if (spare == null) {
            return false;
        }
        close();
        try (SocketChannel client = platform.accept(listener)) {
            return client != null;
        } finally {
            replenish();
        }
    }

    private boolean replenish() {
        try {
            spare = platform.openSpare();
        } catch (IOException noDescriptor) {
            spare = null;
        }
        return spare != null;
    }

    void close() {
        try {
            if (spare != null) {
                spare.close();
            }
        } catch (IOException e) {
            // The descriptor is gone either way, which is all that was asked for.
        }
        spare = null;
    }
}
