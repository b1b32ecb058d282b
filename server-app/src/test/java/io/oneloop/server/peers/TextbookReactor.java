package io.oneloop.server.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;

/**
 * A reactor as books on java.nio teach it: the set of selected keys, heap buffers per connection, and the replies to one read
 * written at once.
 */
public final class TextbookReactor {

    private static final int BUFFER_BYTES = 4096;

    private final Selector selector = Selector.open();
    private final ByteBuffer datagram = ByteBuffer.allocate(BUFFER_BYTES);

    private TextbookReactor(InetSocketAddress address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(address, 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        DatagramChannel udp = DatagramChannel.open().bind(address);
        udp.configureBlocking(false);
        udp.register(selector, SelectionKey.OP_READ);
    }

    /** Serves the port given as the only argument. */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        new TextbookReactor(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).serve();
    }

    private void serve() throws IOException {
        while (true) {
            selector.select();
            Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
            while (keys.hasNext()) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept((ServerSocketChannel) key.channel());
                } else if (key.channel() instanceof DatagramChannel udp) {
                    answer(udp);
                } else {
                    serve(key);
                }
            }
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel channel = listener.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Connection());
        }
    }

    private void answer(DatagramChannel udp) throws IOException {
        SocketAddress from = udp.receive(datagram.clear());
        if (from != null) {
            udp.send(ByteBuffer.wrap(Replies.ONE), from);
        }
    }

    private static void serve(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isReadable() && !connection.read(channel)) {
                channel.close();
                return;
            }
            boolean more = connection.write(channel);
            // Not read while something is owed, since the output has room for the replies to one read.
            key.interestOps(more ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (IOException reset) {
            channel.close();
        }
    }

    private static final class Connection {

        private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES);
        private final ByteBuffer output = ByteBuffer.allocate(BUFFER_BYTES * Replies.ONE.length);

        /** @return false at the end of the stream */
        boolean read(SocketChannel channel) throws IOException {
            if (channel.read(input.clear()) < 0) {
                return false;
            }
            input.flip();
            while (input.hasRemaining()) {
                if (input.get() == '\n') {
                    output.put(Replies.ONE);
                }
            }
            return true;
        }

        /** @return whether the kernel has not taken all of it */
        boolean write(SocketChannel channel) throws IOException {
            output.flip();
            if (output.hasRemaining()) {
                channel.write(output);
            }
            boolean more = output.hasRemaining();
            output.compact();
            return more;
        }
    }
}
