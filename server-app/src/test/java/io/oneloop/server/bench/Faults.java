package io.oneloop.server.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What went wrong in any measurement, be it one that no table shows: a warm-up, or one for the order alone. */
final class Faults {

    private final Map<String, Tally> found = new LinkedHashMap<>();

    /** {@return {@code measurement}} A datagram may be lost, but a request of a connection may not. */
    Measurement check(String server, Scenario scenario, Measurement measurement) {
        long lost = scenario.kind() == Scenario.Kind.UDP ? 0 : measurement.lost();
        long failed = measurement.failed() + lost;
        if (measurement.wrong() + failed > 0) {
            found.merge(server + ", " + scenario.name(), new Tally(1, measurement.wrong(), failed), Tally::plus);
        }
        return measurement;
    }

    /** {@return a line for each server and scenario with a fault} */
    List<String> found() {
        return found.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .toList();
    }

    private record Tally(int measurements, long wrong, long failed) {

        Tally plus(Tally other) {
            return new Tally(measurements + other.measurements, wrong + other.wrong, failed + other.failed);
        }

        @Override
        public String toString() {
            return wrong + " wrong replies, " + failed + " failures, in "
                    + (measurements == 1 ? "one measurement" : measurements + " measurements");
        }
    }
}
