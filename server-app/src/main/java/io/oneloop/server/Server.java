package io.oneloop.server;

import io.oneloop.Addresses;
import io.oneloop.EventLoop;
import io.oneloop.LoopObserver;
import io.oneloop.TcpHandler;
import io.oneloop.TcpListener;
import io.oneloop.UdpHandler;
import io.oneloop.UdpSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** One loop that serves what the settings say. */
final class Server {

    private final EventLoop loop;
    private final ServerSettings settings;
    private final RequestCounter requests = new RequestCounter();
    private final UdpGuard guard;
    private final long startNanos = System.nanoTime();
    private UdpSocket udp;
    private TcpListener tcp;
    private volatile boolean ending;

    private Server(EventLoop loop, ServerSettings settings) {
        this.loop = loop;
        this.settings = settings;
        guard = UdpGuard.of(settings);
    }

    /**
     * Serves from when it returns.
     *
     * @param log is told of each request, if the settings ask for that
     * @throws WrongUse if an address cannot be bound; then nothing is left open
     */
    static Server start(ServerSettings settings, LoopObserver problems, RequestLog log, Messages messages)
            throws WrongUse {
        Server server = new Server(EventLoop.start("oneloop", problems), settings);
        try {
            server.bind(log, messages);
        } catch (WrongUse e) {
            server.loop.close();
            throw e;
        }
        return server;
    }

    private void bind(RequestLog log, Messages messages) throws WrongUse {
        boolean logged = settings.log() == LogLevel.ALL;
        // UDP first: nobody notices if it goes away again, whereas a TCP client would be connected and then reset.
        if (settings.udp() != null) {
            UdpHandler handler = UdpResponder.of(settings, guard);
            try {
                udp = loop.bindUdp(settings.udp(), settings.limits().udp(), logged ? logged(handler, log) : handler);
            } catch (IOException e) {
                throw BindError.explain("udp", settings.udp(), e, messages);
            }
        }
        if (settings.tcp() != null) {
            TcpHandler handler = TcpResponder.of(settings, requests);
            try {
                tcp = loop.listenTcp(
                        settings.tcp(),
                        settings.limits().tcp(),
                        logged ? new LoggedTcp(handler, log, () -> ending) : handler);
            } catch (IOException e) {
                throw BindError.explain("tcp", settings.tcp(), e, messages);
            }
        }
    }

    private static UdpHandler logged(UdpHandler handler, RequestLog log) {
        return (socket, from, data) -> {
            log.datagram(from, data);
            handler.onDatagram(socket, from, data);
        };
    }

    /** {@return {@code oneloop ready tcp=[::]:7890 udp=[::]:7788}, with the real ports} */
    String readyLine() {
        return "oneloop ready"
                + (tcp == null ? "" : " tcp=" + Addresses.format(tcp.localAddress()))
                + (udp == null ? "" : " udp=" + Addresses.format(udp.localAddress()));
    }

    /** Waits until the server has ended. */
    void join() throws InterruptedException {
        loop.join();
    }

    /** {@return whether the loop has ended, which it does not do unless told to} */
    boolean hasEnded() {
        try {
            loop.execute(() -> {});
            return false;
        } catch (RejectedExecutionException ended) {
            return true;
        }
    }

    /** {@return what somebody should know who has started the server with these settings on this machine} */
    List<String> notices(Messages messages) {
        return udp == null ? List.of() : UdpNotices.of(settings, udp.receiveBufferBytes(), messages);
    }

    /** {@return how many TCP connections are open} */
    long openConnections() {
        return loop.stats().open();
    }

    /** Has a {@link #stop} that waits for clients wait no longer. Safe from any thread. */
    void hurry() {
        loop.shutdown(0);
    }

    /** Ends the server within its drain time, and waits for that. {@return what it served, in two lines} */
    List<String> stop(Messages messages) throws InterruptedException {
        ending = true;
        loop.shutdown(settings.drain().toMillis());
        loop.join();
        Duration uptime = Duration.ofNanos(System.nanoTime() - startNanos);
        return List.of(
                Summary.of(loop.stats(), requests.requests(), uptime, messages),
                new Ledger(loop.stats()).line(settings, requests, guard));
    }
}
