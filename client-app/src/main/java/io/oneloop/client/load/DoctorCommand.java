package io.oneloop.client.load;

import io.oneloop.client.ExitCode;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doctor}: what limits this machine and that server. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Say what limits a load test from this machine of that server: descriptors, ports, backlog, reachability.",
            "Opens one TCP connection and sends one datagram."
        },
        footer = "Exit status: 0 the server answers over TCP or UDP; 1 over neither; 2 wrong use.")
public final class DoctorCommand implements Callable<Integer> {

    private static final long FEW_DESCRIPTORS = 10_000;
    private static final long SMALL_BACKLOG = 1024;
    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "HOST", description = "Name or address of the server.")
    private String host;

    @Parameters(index = "1", paramLabel = "PORT", description = "Its port, 1 to 65535.")
    private int port;

    @Override
    public Integer call() {
        if (port < 1 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "a port must be 1 to 65535, not " + port);
        }
        InetSocketAddress target = resolve();
        machine();
        String tcp = Reachability.tcp(target, null, Reachability.TCP_MILLIS);
        line("tcp", tcp == null ? "connected" : tcp);
        String udp = Reachability.udp(target, null, Escapes.bytes("hello\\n"));
        line("udp", udp == null ? "answered" : udp);
        return tcp == null || udp == null ? ExitCode.ANSWERED : ExitCode.NETWORK_FAILURE;
    }

    private InetSocketAddress resolve() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new ParameterException(spec.commandLine(), "unknown host: " + host);
        }
    }

    private void machine() {
        long descriptors = SystemLimits.descriptors();
        line("descriptors", limit(descriptors, FEW_DESCRIPTORS, "one per connection; raise it with ulimit -n"));
        line(
                "ports",
                limit(
                        SystemLimits.ephemeralPorts(),
                        0,
                        "connections from one address to one target; more with --source 127.0.0.0/8 or other addresses"));
        line(
                "backlog",
                limit(
                        SystemLimits.setting("/proc/sys/net/core/somaxconn"),
                        SMALL_BACKLOG,
                        "this machine's net.core.somaxconn; connects that wait for a server on it to accept"));
        line(
                "syn backlog",
                limit(
                        SystemLimits.setting("/proc/sys/net/ipv4/tcp_max_syn_backlog"),
                        0,
                        "this machine's net.ipv4.tcp_max_syn_backlog"));
        line(
                "udp buffer",
                limit(
                        SystemLimits.setting("/proc/sys/net/core/rmem_max"),
                        0,
                        "bytes, net.core.rmem_max; what a burst of datagrams must fit into"));
        line("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        line("heap", Quantity.grouped(Runtime.getRuntime().maxMemory() >> 20) + " MiB at most (-Xmx)");
    }

    private static String limit(long value, long few, String meaning) {
        if (value < 0) {
            return "n/a (" + meaning + ")";
        }
        String shown = value == Long.MAX_VALUE ? "unlimited" : Quantity.grouped(value);
        return shown + (value < few ? " FEW" : "") + "  (" + meaning + ")";
    }

    private void line(String name, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(" %-12s %s", name, text));
        out.flush();
    }
}
