package io.oneloop.server.counts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** The least that serving costs on this JDK: accepts, answers each read and each datagram, and keeps only the channels. */
final class BareLoop {

    static final String THREAD = "bare";

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(ClosedLoop.REPLY_BYTES);
    private final ArrayDeque<SocketChannel> cancelled = new ArrayDeque<>();

    private BareLoop() throws IOException {}

    /** Serves until it is killed. */
    public static void main(String[] args) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        DatagramChannel udp = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        udp.configureBlocking(false);
        BareLoop loop = new BareLoop();
        listener.register(loop.selector, SelectionKey.OP_ACCEPT);
        udp.register(loop.selector, SelectionKey.OP_READ);
        new Thread(loop::run, THREAD).start();
        System.out.println("ready tcp=127.0.0.1:" + listener.socket().getLocalPort() + " udp=127.0.0.1:"
                + udp.socket().getLocalPort());
    }

    private void run() {
        try {
            while (true) {
                int closable = cancelled.size();
                if (closable > 0) {
                    selector.selectNow(this::serve);
                } else {
                    selector.select(this::serve);
                }
                for (int i = 0; i < closable; i++) {
                    cancelled.remove().close();
                }
            }
        } catch (IOException e) {
            System.err.println("select: " + e.getMessage());
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel listener) {
                accept(listener);
            } else if (key.channel() instanceof DatagramChannel udp) {
                answer(udp);
            } else {
                answer(key, (SocketChannel) key.channel());
            }
        } catch (IOException e) {
            System.err.println("serve: " + e.getMessage());
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel channel;
        while ((channel = listener.accept()) != null) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private void answer(DatagramChannel udp) throws IOException {
        SocketAddress from;
        while ((from = udp.receive(buffer.clear())) != null) {
            udp.send(reply.clear(), from);
        }
    }

    private void answer(SelectionKey key, SocketChannel channel) throws IOException {
        if (channel.read(buffer.clear()) >= 0) {
            channel.write(reply.clear());
        } else {
            key.cancel();
            cancelled.add(channel);
        }
    }
}
