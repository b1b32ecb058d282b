package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The server's jar under attack: where to reach it, what it says of it, and what it counts in the end. */
final class RunningJar implements AutoCloseable {

    private final ServerJar jar;
    private final InetSocketAddress tcp;
    private final InetSocketAddress udp;

    private RunningJar(ServerJar jar) throws IOException {
        this.jar = jar;
        tcp = new InetSocketAddress(ServerJar.LOOPBACK, jar.tcpPort());
        udp = new InetSocketAddress(ServerJar.LOOPBACK, jar.udpPort());
    }

    /** Starts the jar with {@code options}, and {@code --log summary} unless they say otherwise. */
    static RunningJar start(String... options) throws IOException {
        return serve(with(options));
    }

    static ServerJar.Launch with(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        if (!arguments.contains("--log")) {
            arguments.addAll(List.of("--log", "summary"));
        }
        return ServerJar.with(arguments.toArray(String[]::new));
    }

    static RunningJar serve(ServerJar.Launch launch) throws IOException {
        ServerJar jar = launch.serve();
        try {
            return new RunningJar(jar);
        } catch (IOException | RuntimeException e) {
            jar.close();
            throw e;
        }
    }

    InetSocketAddress tcp() {
        return tcp;
    }

    /** {@return the TCP address by another loopback address: each has ephemeral ports of its own} */
    InetSocketAddress tcpAt(int lastByte) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte}), tcp.getPort());
    }

    InetSocketAddress udp() {
        return udp;
    }

    long pid() {
        return jar.pid();
    }

    boolean isAlive() {
        return jar.isAlive();
    }

    /** {@return the lines on stderr so far} */
    List<String> log() throws IOException {
        return jar.stderr().lines().toList();
    }

    /** @param name such as STOP */
    void signal(String name) throws IOException, InterruptedException {
        jar.signal(name);
    }

    /** Ends the server by SIGKILL. */
    void kill() {
        jar.kill();
    }

    /** Ends the server by SIGTERM and asserts that it ends in good order. {@return its ledger} */
    LedgerLine stop() throws IOException, InterruptedException {
        assertEquals(0, jar.terminate(), jar.stderr());
        return jar.ledger().assertBalanced();
    }

    /** As {@link ServerJar#close}. */
    @Override
    public void close() throws IOException {
        jar.close();
    }
}
