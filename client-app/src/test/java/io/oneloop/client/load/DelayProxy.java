package io.oneloop.client.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Stands between one client and a server and holds every request for an exact time, to some 50 µs: it sleeps for most of
 * it, since a thread that never sleeps loses its processor to others, and spins for the rest, since one that sleeps is woken
 * late. Takes down when each request came and when its reply was let go, since between these lies the truth that a client
 * should see.
 */
final class DelayProxy implements AutoCloseable {

    private static final long SPIN_NANOS = 500_000;

    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final long delayNanos;
    private final List<Long> taken = new ArrayList<>();
    private final List<Long> released = new ArrayList<>();

    DelayProxy(int serverPort, long delayNanos) throws IOException {
        this.serverPort = serverPort;
        this.delayNanos = delayNanos;
        Thread thread = new Thread(this::serve, "delay-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** {@return how long the requests were in its hands: the client waited for no shorter} */
    synchronized Histogram held() {
        Histogram held = Recorders.newHistogram();
        for (int i = 0; i < released.size(); i++) {
            held.recordValue(released.get(i) - taken.get(i));
        }
        return held;
    }

    /**
     * {@return the times from the reply before to the request after} A client that sends one after the other has sent its
     * request and received the reply within that time: it waited for no longer. The first and the last count as endless.
     */
    synchronized Histogram around() {
        Histogram around = Recorders.newHistogram();
        around.recordValueWithCount(Recorders.LONGEST_NANOS, Math.min(2, released.size()));
        for (int i = 1; i < released.size() - 1; i++) {
            around.recordValue(taken.get(i + 1) - released.get(i - 1));
        }
        return around;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept();
                    Socket server = new Socket()) {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                relay(client, server);
            } catch (IOException theClientIsGone) {
                // The next one is waited for.
            }
        }
    }

    private void relay(Socket client, Socket server) throws IOException {
        byte[] buffer = new byte[4096];
        InputStream requests = client.getInputStream();
        InputStream replies = server.getInputStream();
        OutputStream toClient = client.getOutputStream();
        int n;
        while ((n = requests.read(buffer)) > 0) {
            long came = System.nanoTime();
            server.getOutputStream().write(buffer, 0, n);
            n = replies.read(buffer);
            if (n < 0) {
                return;
            }
            waitUntil(came + delayNanos);
            record(came, System.nanoTime());
            toClient.write(buffer, 0, n);
        }
    }

    private synchronized void record(long came, long letGo) {
        taken.add(came);
        released.add(letGo);
    }

    private static void waitUntil(long time) {
        LockSupport.parkNanos(time - SPIN_NANOS - System.nanoTime());
        while (time - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
