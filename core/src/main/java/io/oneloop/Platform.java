package io.oneloop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What the loop asks of the machine it runs on. Tests replace it: a clock that they move, a channel that takes seven
 * bytes at a time, a selector that fails.
 */
interface Platform {

    Platform SYSTEM = new Platform() {};

    default long nanoTime() {
        return System.nanoTime();
    }

    default Selector openSelector() throws IOException {
        return Selector.open();
    }

    /**
     * Waits for ready keys and gives each to {@code action}, which spares the selected-key set and its iterator.
     *
     * @param timeoutMillis 0 not to wait, -1 to wait without a limit
     */
    default int select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        if (timeoutMillis == 0) {
            return selector.selectNow(action);
        }
        return selector.select(action, timeoutMillis < 0 ? 0 : timeoutMillis);
    }

    default SocketChannel openSpare() throws IOException {
        return SocketChannel.open();
    }

    default SocketChannel accept(ServerSocketChannel listener) throws IOException {
        return listener.accept();
    }

    default SocketAddress receive(DatagramChannel channel, ByteBuffer target) throws IOException {
        return channel.receive(target);
    }

    default int send(DatagramChannel channel, ByteBuffer data, SocketAddress to) throws IOException {
        return channel.send(data, to);
    }

    /** The bytes of {@code channel}: itself, or a layer around it. */
    default ByteChannel stream(SocketChannel channel) {
        return channel;
    }

    default void park(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
