package io.oneloop.server.bench;

import io.oneloop.server.peers.BareReactor;
import io.oneloop.server.peers.NettyPeer;
import io.oneloop.server.peers.TextbookReactor;
import io.oneloop.server.peers.ThreadPerConnection;
import io.oneloop.server.peers.VertxPeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who is compared. The first one is what the others are put in relation to. */
final class Contestants {

    /** Enough to see where the slower ones stand, without spending most of the time on them. */
    private static final List<String> SOME = List.of("t50", "t50d16", "u50", "churn");

    /** The launcher's, as far as they are not about its own classes. */
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms16m", "-XX:AutoBoxCacheMax=16384", "-XX:CompileThresholdScaling=5");

    private final List<String> scenarios;
    private final List<String> chosen;
    private final List<Contestant> all = new ArrayList<>();

    /**
     * @param scenarios the names of those that are measured
     * @param chosen the names of the servers to compare, all of them in every scenario; if there are none, all servers are
     *     compared, the slower ones in some scenarios
     */
    Contestants(List<String> scenarios, List<String> chosen) {
        this.scenarios = scenarios;
        this.chosen = chosen;
    }

    List<Contestant> all() {
        List<String> names = all.stream().map(Contestant::name).toList();
        if (!names.containsAll(chosen)) {
            throw new IllegalArgumentException("among " + chosen + " is one that is not there; there are " + names);
        }
        return all.stream()
                .filter(contestant -> chosen.isEmpty() || chosen.contains(contestant.name()))
                .toList();
    }

    /** The C epoll server, with what a JVM must do besides and as it is. */
    Contestants c(Path program) {
        add(Goals.BASE, scenarios, List.of(program.toString(), "{port}", "jvm"));
        add("c", scenarios, List.of(program.toString(), "{port}"));
        return this;
    }

    /** Somebody else's C server that does what c-jvm does: what it costs says whether ours is a fair base. */
    Contestants yardstick(Path program) {
        add("yardstick", scenarios, List.of(program.toString(), "-w", "-t", "-p", "{port}"));
        return this;
    }

    /** @param start how the server is started, without its arguments */
    Contestants oneloop(List<String> start) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of("--tcp-port", "{port}", "--udp-port", "{port}", "--per", "line", "--log", "off"));
        add("oneloop", scenarios, command);
        // As the C server binds: unless it is told an address, the server takes IPv6 as well.
        List<String> ipv4 = new ArrayList<>(command);
        ipv4.addAll(List.of("--host", "127.0.0.1"));
        add("oneloop-ipv4", scenarios, ipv4);
        return this;
    }

    /** @param java a JDK's */
    Contestants peers(String java) {
        add("bare-nio", scenarios, java(java, BareReactor.class));
        add("netty-epoll", scenarios, java(java, NettyPeer.class, "epoll", "tuned"));
        add("netty-nio", scenarios, java(java, NettyPeer.class, "nio", "tuned"));
        add("netty-epoll-plain", SOME, java(java, NettyPeer.class, "epoll", "plain"));
        add("netty-nio-plain", SOME, java(java, NettyPeer.class, "nio", "plain"));
        add("vertx", SOME, java(java, VertxPeer.class));
        add("textbook-nio", SOME, java(java, TextbookReactor.class));
        add("platform-threads", SOME, java(java, ThreadPerConnection.class));
        return this;
    }

    /** @param java of a JDK that has virtual threads */
    Contestants virtualThreads(String java) {
        add("virtual-threads", SOME, java(java, ThreadPerConnection.class, "virtual"));
        return this;
    }

    private static List<String> java(String java, Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), "{port}"));
        command.addAll(List.of(args));
        return command;
    }

    private void add(String name, List<String> takesPartIn, List<String> command) {
        all.add(new Contestant(name, command, chosen.isEmpty() ? takesPartIn : scenarios));
    }
}
