package io.oneloop.client.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Stands between one client and a server and holds every request for an exact time, to some 50 µs: it sleeps for most of
 * it, since a thread that never sleeps loses its processor to others, and spins for the rest, since one that sleeps is woken
 * late. Takes down how long each request was in its hands, since that is the truth a client should see.
 */
final class DelayProxy implements AutoCloseable {

    private static final long SPIN_NANOS = 500_000;

    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final long delayNanos;
    private final Histogram held = Recorders.newHistogram();

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

    /** {@return how long the requests were in its hands} */
    synchronized Histogram held() {
        return held.copy();
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
            long taken = System.nanoTime();
            server.getOutputStream().write(buffer, 0, n);
            n = replies.read(buffer);
            if (n < 0) {
                return;
            }
            waitUntil(taken + delayNanos);
            toClient.write(buffer, 0, n);
            record(System.nanoTime() - taken);
        }
    }

    private synchronized void record(long nanos) {
        held.recordValue(nanos);
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
