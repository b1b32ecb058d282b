package io.oneloop.client.load;

import io.oneloop.client.ClientMain;
import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import io.oneloop.client.Messages;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
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
    private static final int NAME_WIDTH = 12;

    @ParentCommand
    private ClientMain client;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "HOST", description = "Name or address of the server.")
    private String host;

    @Parameters(index = "1", paramLabel = "PORT", description = "Its port, 1 to 65535.")
    private int port;

    private Messages messages;

    @Override
    public Integer call() {
        messages = Messages.ofLoad(client.language());
        if (port < 1 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), messages.get("doctor.badPort", port));
        }
        InetSocketAddress target = resolve();
        machine();
        String tcp = Reachability.tcp(target, null, Reachability.TCP_MILLIS, messages);
        line("tcp", tcp == null ? messages.get("doctor.connected") : tcp);
        String udp = Reachability.udp(target, null, Escapes.bytes("hello\\n"), messages);
        line("udp", udp == null ? messages.get("doctor.answered") : udp);
        return tcp == null || udp == null ? ExitCode.ANSWERED : ExitCode.NETWORK_FAILURE;
    }

    private InetSocketAddress resolve() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("fail.unknownHost", host));
        }
    }

    private void machine() {
        limit("doctor.descriptors", SystemLimits.descriptors(), FEW_DESCRIPTORS);
        limit("doctor.ports", SystemLimits.ephemeralPorts(), 0);
        limit("doctor.backlog", SystemLimits.setting("/proc/sys/net/core/somaxconn"), SMALL_BACKLOG);
        limit("doctor.synBacklog", SystemLimits.setting("/proc/sys/net/ipv4/tcp_max_syn_backlog"), 0);
        limit("doctor.udpBuffer", SystemLimits.setting("/proc/sys/net/core/rmem_max"), 0);
        line(
                messages.get("doctor.processors"),
                String.valueOf(Runtime.getRuntime().availableProcessors()));
        String most = Quantity.grouped(Runtime.getRuntime().maxMemory() >> 20);
        line(messages.get("doctor.heap"), messages.get("doctor.heapMost", most));
    }

    private void limit(String key, long value, long few) {
        line(messages.get(key), shown(value, few) + messages.get("doctor.meaning", messages.get(key + "Meaning")));
    }

    private String shown(long value, long few) {
        if (value < 0) {
            return "n/a ";
        }
        String shown = value == Long.MAX_VALUE ? messages.get("doctor.unlimited") : Quantity.grouped(value);
        return shown + (value < few ? messages.get("doctor.few") : "") + "  ";
    }

    private void line(String name, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(" " + Columns.left(name, NAME_WIDTH) + " " + text);
        out.flush();
    }
}
