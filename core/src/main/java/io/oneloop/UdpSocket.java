package io.oneloop;

import io.oneloop.LoopStats.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Objects;

/**
 * A UDP socket of a loop, bound ({@link EventLoop#bindUdp}) or connected to one peer ({@link EventLoop#connectUdp}).
 * Every method belongs to the loop's thread unless it says otherwise.
 *
 * <p>Nothing is queued: a datagram that the kernel does not take is dropped and counted by reason in
 * {@link LoopStats#dropped(DropReason)}.
 */
public final class UdpSocket extends Source {

    /**
     * How many replies wait for the end of a batch, so that each of the kernel's paths stays in the instruction cache.
     * Sent one by one, replies to ten clients with 32 datagrams in flight cost 5 % more CPU.
     */
    private static final int REPLY_BATCH = 32;

    private final Reactor reactor;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final int receiveBufferBytes;
    private final UdpOptions options;
    private final UdpHandler handler;

    private final InetSocketAddress[] owedTo = new InetSocketAddress[REPLY_BATCH];
    private Reply owedReply;
    private int owed;
    private boolean receiving;
    /** Counted once a batch, not one by one: with 32 in flight about 1 % of the CPU of a datagram. */
    private int received;

    private long receivedBytes;
    private int failures;
    private boolean closed;

    private UdpSocket(Reactor reactor, DatagramChannel channel, UdpOptions options, UdpHandler handler)
            throws IOException {
        this.reactor = reactor;
        this.channel = channel;
        this.options = options;
        this.handler = handler;
        local = (InetSocketAddress) channel.getLocalAddress();
        remote = (InetSocketAddress) channel.getRemoteAddress();
        receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        channel.configureBlocking(false);
        moveTo(channel.register(reactor.selector(), SelectionKey.OP_READ, this));
    }

    static UdpSocket bind(Reactor reactor, InetSocketAddress address, UdpOptions options, UdpHandler handler)
            throws IOException {
        return open(reactor, address, null, options, handler);
    }

    static UdpSocket connect(
            Reactor reactor, InetSocketAddress local, InetSocketAddress remote, UdpOptions options, UdpHandler handler)
            throws IOException {
        if (local != null) {
            Addresses.requireResolved(local);
        }
        return open(reactor, local, Addresses.requireResolved(remote), options, handler);
    }

    private static UdpSocket open(
            Reactor reactor, InetSocketAddress local, InetSocketAddress remote, UdpOptions options, UdpHandler handler)
            throws IOException {
        Objects.requireNonNull(handler, "handler");
        InetSocketAddress address = remote == null ? Addresses.requireResolved(local) : remote;
        ProtocolFamily family = Addresses.family(address, options.ipv4Only());
        DatagramChannel channel = null;
        try {
            reactor.checkTakesWork();
            channel = family == null ? DatagramChannel.open() : DatagramChannel.open(family);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
            if (local != null) {
                channel.bind(local);
            }
            if (remote != null) {
                channel.connect(remote);
            }
            return new UdpSocket(reactor, channel, options, handler);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            throw remote == null
                    ? Addresses.bindFailure("udp", address, family, e)
                    : Addresses.failure("connect udp", address, e);
        } catch (Error e) {
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    // ---- receiving -----------------------------------------------------------------------------------------------

    @Override
    void ready(SelectionKey ready) {
        receiving = true;
        for (int i = 0; i < options.datagramsPerTurn() && !closed; i++) {
            if (!receive()) {
                break;
            }
        }
        endBatch();
        if (goesOnFailing(failures, options.datagramsPerTurn()) && !closed) {
            failures = 0;
            rest(reactor);
        }
    }

    private void endBatch() {
        receiving = false;
        countReceived();
        flush();
    }

    /** Before what is sent is counted: no reader shall see more answers than datagrams. */
    private void countReceived() {
        if (received > 0) {
            reactor.stats().add(Counter.DATAGRAMS_RECEIVED, received);
            reactor.stats().add(Counter.DATAGRAM_BYTES_RECEIVED, receivedBytes);
            received = 0;
            receivedBytes = 0;
        }
    }

    /** @return whether there may be more */
    private boolean receive() {
        ByteBuffer buffer = reactor.buffers().forReading();
        InetSocketAddress from;
        try {
            from = (InetSocketAddress) reactor.platform().receive(channel, buffer);
        } catch (IOException e) {
            failures++;
            reactor.stats().countDropped(DropReason.RECEIVE_ERROR);
            receiveFailed(e);
            return true;
        }
        failures = 0;
        if (from == null) {
            return false;
        }
        received++;
        receivedBytes += buffer.flip().limit();
        if (!options.access().permits(from.getAddress())) {
            reactor.stats().countDropped(DropReason.ACCESS_DENIED);
            return true;
        }
        try {
            handler.onDatagram(this, from, buffer);
        } catch (Throwable e) {
            reactor.stats().countDropped(DropReason.HANDLER_ERROR);
            reactor.report("onDatagram " + this, e);
        }
        return true;
    }

    private void receiveFailed(IOException error) {
        if (closed) {
            return;
        }
        try {
            handler.onError(this, error);
        } catch (Throwable e) {
            reactor.report("onError " + this, e);
        }
    }

    // ---- sending -------------------------------------------------------------------------------------------------

    /**
     * Sends one datagram with {@code data} from position to limit, both of which are left as they were.
     *
     * @return whether the kernel took it; if not, it is dropped and counted. From a closed socket nothing is sent
     * @throws IllegalArgumentException if the host is not resolved
     */
    public boolean send(InetSocketAddress to, ByteBuffer data) {
        reactor.checkThread("send");
        Addresses.requireResolved(to);
        flush();
        int position = data.position();
        int length = data.remaining();
        boolean sent = transmit(to, data);
        data.position(position);
        if (sent) {
            countSent(1, length);
        }
        return sent;
    }

    /**
     * Sends one datagram to the peer of a connected socket; see {@link #send(InetSocketAddress, ByteBuffer)}. The JDK
     * sends no empty datagram from such a socket.
     *
     * @throws IllegalStateException if the socket is not connected
     */
    public boolean send(ByteBuffer data) {
        reactor.checkThread("send");
        if (remote == null) {
            throw new IllegalStateException(this + " is not connected: say where to send to");
        }
        return send(remote, data);
    }

    /**
     * Sends {@code reply} as one datagram, within {@link UdpHandler#onDatagram} at the end of the batch. What the kernel
     * does not take is dropped and counted. From a closed socket nothing is sent.
     *
     * @throws IllegalArgumentException if the host is not resolved
     */
    public void send(InetSocketAddress to, Reply reply) {
        reactor.checkThread("send");
        if (owed == REPLY_BATCH || owed > 0 && owedReply != reply) {
            flush();
        }
        // What is wrong with an argument is to be told to this handler, not found at the end of the batch.
        Addresses.requireResolved(to);
        owedReply = Objects.requireNonNull(reply, "reply");
        owedTo[owed++] = to;
        if (!receiving) {
            flush();
        }
    }

    private void flush() {
        if (owed == 0) {
            return;
        }
        ByteBuffer view = reactor.buffers().viewOf(owedReply);
        int length = owedReply.length();
        int sent = 0;
        for (int i = 0; i < owed; i++) {
            try {
                if (transmit(owedTo[i], view.limit(length).position(0))) {
                    sent++;
                }
            } catch (Throwable e) {
                // For want of memory, most likely. The next flush must not begin with this one again.
                reactor.stats().countDropped(DropReason.SEND_REFUSED);
                reactor.report("send " + this, e);
            }
            owedTo[i] = null;
        }
        owed = 0;
        countSent(sent, length);
    }

    private boolean transmit(InetSocketAddress to, ByteBuffer data) {
        if (closed) {
            return false;
        }
        int length = data.remaining();
        try {
            // The JDK never hands an empty datagram of a connected socket to the kernel.
            if (offer(data, to) == 0 && (length > 0 || remote != null)) {
                reactor.stats().countDropped(length > 0 ? DropReason.SEND_BUFFER_FULL : DropReason.SEND_REFUSED);
                return false;
            }
        } catch (IOException | IllegalArgumentException | AlreadyConnectedException e) {
            reactor.stats().countDropped(DropReason.SEND_REFUSED);
            return false;
        }
        return true;
    }

    private void countSent(int datagrams, int bytesOfEach) {
        countReceived();
        reactor.stats().add(Counter.DATAGRAMS_SENT, datagrams);
        reactor.stats().add(Counter.DATAGRAM_BYTES_SENT, (long) datagrams * bytesOfEach);
    }

    private int offer(ByteBuffer data, InetSocketAddress to) throws IOException {
        try {
            return reactor.platform().send(channel, data, to);
        } catch (PortUnreachableException earlier) {
            // The answer to an earlier datagram, which the kernel tells to whichever call comes first. This one is not
            // sent yet. A task, since callbacks do not nest.
            reactor.stats().countDropped(DropReason.RECEIVE_ERROR);
            reactor.execute(() -> receiveFailed(earlier));
            return reactor.platform().send(channel, data, to);
        }
    }

    // ---- looking and closing -------------------------------------------------------------------------------------

    /** {@return the bound address, with the real port} Safe from any thread. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /** {@return the peer's address, or null if the socket is not connected} Safe from any thread. */
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /** {@return the receive buffer that the kernel granted, on Linux at most net.core.rmem_max} Safe from any thread. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Closes the socket. The port is not free before the selector has let go of it, at the end of the next turn: a bind
     * that comes sooner fails. No effect when already closed.
     */
    public void close() {
        reactor.checkThread("close");
        if (!closed) {
            flush();
            reactor.releaseLater(this);
            closed = true;
            key().cancel();
        }
    }

    /** The datagram is lost; the socket is not, nor are the replies to those before it. */
    @Override
    void failed() {
        endBatch();
    }

    @Override
    void abandon() {
        close();
    }

    @Override
    void release() {
        closeChannel(reactor, channel);
    }

    /** {@return {@code udp 127.0.0.1:7788}} */
    @Override
    public String toString() {
        return "udp " + Addresses.format(local);
    }
}
