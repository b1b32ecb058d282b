package io.oneloop.server.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Blocking sockets, each with a thread of its own: a platform thread, or a virtual one where the JDK has them. */
public final class ThreadPerConnection {

    private static final int DATAGRAM_BYTES = 64 * 1024;
    private static final byte[] REPLIES = new byte[Replies.MAX_AT_ONCE * Replies.ONE.length];

    static {
        Replies.repeated().get(REPLIES);
    }

    private ThreadPerConnection() {}

    /** Serves the port given first; {@code virtual} as the second argument asks for virtual threads. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        ExecutorService threads =
                args.length > 1 && args[1].equals("virtual") ? virtualThreads() : Executors.newCachedThreadPool();
        InetAddress address = InetAddress.getLoopbackAddress();
        DatagramSocket udp = new DatagramSocket(port, address);
        threads.execute(() -> answer(udp));
        try (ServerSocket listener = new ServerSocket(port, 4096, address)) {
            while (true) {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            }
        }
    }

    /** By reflection, because this is compiled for Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] input = new byte[Replies.MAX_AT_ONCE];
            int n;
            while ((n = in.read(input)) >= 0) {
                int lines = 0;
                for (int i = 0; i < n; i++) {
                    lines += input[i] == '\n' ? 1 : 0;
                }
                out.write(REPLIES, 0, lines * Replies.ONE.length);
            }
        } catch (IOException reset) {
            // The peer has gone, which ends its thread.
        }
    }

    private static void answer(DatagramSocket udp) {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
        try {
            while (true) {
                udp.receive(packet);
                udp.send(new DatagramPacket(Replies.ONE, Replies.ONE.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            System.err.println("receive udp: " + e.getMessage());
        }
    }
}
