package io.oneloop.server.bench;

import java.util.List;

/**
 * What the clients do.
 *
 * @param name for tables: t50 is 50 TCP connections, d16 16 requests in flight on each, i9k 9,000 idle connections beside,
 *     u50 50 UDP sockets
 * @param clients connections or sockets that are busy
 * @param inFlight requests on each
 * @param idle connections held open beside
 */
record Scenario(String name, Kind kind, int clients, int inFlight, int idle, String description) {

    enum Kind {
        TCP,
        /** Connect, one request, close. */
        CHURN,
        UDP
    }

    static final List<Scenario> ALL = List.of(
            tcp("t50", 50, 1, 0),
            tcp("t1000", 1000, 1, 0),
            tcp("t10000", 10_000, 1, 0),
            tcp("t50i9k", 50, 1, 9000),
            tcp("t50d16", 50, 16, 0),
            tcp("t1000d16", 1000, 16, 0),
            udp("u1", 1, 1),
            udp("u50", 50, 1),
            udp("u1d32", 1, 32),
            udp("u10d32", 10, 32),
            new Scenario("churn", Kind.CHURN, 50, 1, 0, "connect, one request, close, 50 at a time"));

    private static Scenario tcp(String name, int connections, int inFlight, int idle) {
        return new Scenario(
                name,
                Kind.TCP,
                connections,
                inFlight,
                idle,
                connections + " TCP connections" + each(inFlight)
                        + (idle == 0 ? "" : ", " + idle + " idle ones beside"));
    }

    private static Scenario udp(String name, int sockets, int inFlight) {
        return new Scenario(
                name,
                Kind.UDP,
                sockets,
                inFlight,
                0,
                sockets + (sockets == 1 ? " UDP socket" : " UDP sockets") + each(inFlight));
    }

    private static String each(int inFlight) {
        return inFlight == 1 ? "" : ", " + inFlight + " requests in flight on each";
    }

    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + "; there are "
                        + ALL.stream().map(Scenario::name).toList()));
    }
}
