package io.oneloop.server.bench;

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

    private final List<String> scenarios;
    private final List<Contestant> all = new ArrayList<>();

    /** @param scenarios the names of those that are measured */
    Contestants(List<String> scenarios) {
        this.scenarios = scenarios;
    }

    List<Contestant> all() {
        return List.copyOf(all);
    }

    /** The C epoll server, as it is and with what a JVM must do besides. */
    Contestants yardstick(Path folder) {
        String program = folder.resolve("cserver").toString();
        add("c-jvm", scenarios, List.of(program, "-w", "-t", "-p", "{port}"));
        add("c", scenarios, List.of(program, "-p", "{port}"));
        return this;
    }

    /** @param start how the server is started, without its arguments */
    Contestants oneloop(List<String> start) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of("--tcp-port", "{port}", "--udp-port", "{port}", "--per", "line", "--log", "off"));
        add("oneloop", scenarios, command);
        return this;
    }

    /** @param java with the class path of the tests */
    Contestants peers(List<String> java) {
        add("netty-epoll", scenarios, java(java, NettyPeer.class, "epoll", "tuned"));
        add("netty-nio", scenarios, java(java, NettyPeer.class, "nio", "tuned"));
        add("netty-epoll-plain", SOME, java(java, NettyPeer.class, "epoll", "plain"));
        add("netty-nio-plain", SOME, java(java, NettyPeer.class, "nio", "plain"));
        add("vertx", SOME, java(java, VertxPeer.class));
        add("textbook-nio", SOME, java(java, TextbookReactor.class));
        add("platform-threads", SOME, java(java, ThreadPerConnection.class));
        return this;
    }

    /** @param java of a JDK that has virtual threads, with the class path of the tests */
    Contestants virtualThreads(List<String> java) {
        add("virtual-threads", SOME, java(java, ThreadPerConnection.class, "virtual"));
        return this;
    }

    private static List<String> java(List<String> java, Class<?> main, String... args) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(main.getName(), "{port}"));
        command.addAll(List.of(args));
        return command;
    }

    private void add(String name, List<String> takesPartIn, List<String> command) {
        all.add(new Contestant(name, command, takesPartIn));
    }
}
