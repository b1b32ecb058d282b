package io.oneloop.server.bench;

import java.util.ArrayList;
import java.util.List;

/** What went wrong in any measurement, be it one that no table shows: a warm-up, or one for the order alone. */
final class Faults {

    private final List<String> found = new ArrayList<>();

    /** {@return {@code measurement}} A datagram may be lost, but a request of a connection may not. */
    Measurement check(String server, Scenario scenario, Measurement measurement) {
        long lost = scenario.kind() == Scenario.Kind.UDP ? 0 : measurement.lost();
        long failed = measurement.failed() + lost;
        if (measurement.wrong() + failed > 0) {
            found.add(server + ", " + scenario.name() + ": " + measurement.wrong() + " wrong replies, " + failed
                    + " failures");
        }
        return measurement;
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
