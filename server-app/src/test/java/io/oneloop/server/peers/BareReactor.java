package io.oneloop.server.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * java.nio with every trick that core uses and nothing else: no limit, no deadline, no count, no survival. What it costs,
 * no server on java.nio can undercut by much; what core costs above it is the price of being one.
 */
public final class BareReactor {

    private static final int TCP_BATCH = 64;
    private static final int UDP_BATCH = 32;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final Selector selector = Selector.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(Replies.MAX_AT_ONCE);
    private final ByteBuffer replies = Replies.repeated();
    private final Debtor[] debtors = new Debtor[TCP_BATCH];
    private int size;
    private final SocketAddress[] senders = new SocketAddress[UDP_BATCH];
    private final ArrayDeque<SocketChannel> cancelled = new ArrayDeque<>();
    private final Consumer<SelectionKey> serve = this::serve;

    private BareReactor(InetSocketAddress address) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open(StandardProtocolFamily.INET).bind(address, 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .bind(address);
        udp.configureBlocking(false);
        udp.register(selector, SelectionKey.OP_READ);
    }

    /** Serves the port given as the only argument. */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        new BareReactor(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).run();
    }

    private void run() throws IOException {
        while (true) {
            int closable = cancelled.size();
            if (closable > 0) {
                selector.selectNow(serve);
            } else {
                selector.select(serve);
            }
            flush();
            for (int i = 0; i < closable; i++) {
                cancelled.remove().close();
            }
        }
    }

    private void serve(SelectionKey key) {
        try {
            Channel channel = key.channel();
            if (channel instanceof SocketChannel) {
                read((Debtor) key.attachment());
            } else if (channel instanceof DatagramChannel udp) {
                answer(udp);
            } else {
                accept((ServerSocketChannel) channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel accepted;
        while ((accepted = listener.accept()) != null) {
            accepted.configureBlocking(false);
            SelectionKey key = accepted.register(selector, SelectionKey.OP_READ);
            key.attach(new Debtor(key, accepted));
        }
    }

    private void answer(DatagramChannel udp) throws IOException {
        int received = 0;
        while (received < UDP_BATCH && (senders[received] = udp.receive(input.clear())) != null) {
            received++;
        }
        for (int i = 0; i < received; i++) {
            udp.send(replies.limit(Replies.ONE.length).position(0), senders[i]);
        }
    }

    private void read(Debtor debtor) {
        if (debtor.owed > 0) {
            // Waits for OP_WRITE, and is not read meanwhile.
            add(debtor);
            return;
        }
        int n;
        try {
            n = debtor.channel.read(input.clear());
        } catch (IOException reset) {
            n = -1;
        }
        if (n < 0) {
            debtor.key.cancel();
            cancelled.add(debtor.channel);
            return;
        }
        for (int i = 0; i < n; i++) {
            if (input.get(i) == '\n') {
                debtor.owed += Replies.ONE.length;
            }
        }
        if (debtor.owed > 0) {
            add(debtor);
        }
    }

    private void add(Debtor debtor) {
        debtors[size++] = debtor;
        if (size == TCP_BATCH) {
            flush();
        }
    }

    private void flush() {
        for (int i = 0; i < size; i++) {
            write(debtors[i]);
        }
        size = 0;
    }

    private void write(Debtor debtor) {
        int part = debtor.owed % Replies.ONE.length;
        int offset = part == 0 ? 0 : Replies.ONE.length - part;
        try {
            debtor.owed -=
                    debtor.channel.write(replies.limit(offset + debtor.owed).position(offset));
        } catch (IOException reset) {
            // The next read meets it too, and ends the connection.
            debtor.owed = 0;
        }
        int interest = debtor.owed > 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (interest != debtor.interest) {
            debtor.interest = interest;
            debtor.key.interestOps(interest);
        }
    }

    /** A connection and the bytes that it is owed. */
    private static final class Debtor {

        private final SelectionKey key;
        private final SocketChannel channel;
        private int interest = SelectionKey.OP_READ;
        private int owed;

        Debtor(SelectionKey key, SocketChannel channel) {
            this.key = key;
            this.channel = channel;
        }
    }
}
