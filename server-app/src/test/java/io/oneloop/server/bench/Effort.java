package io.oneloop.server.bench;

/**
 * How long to measure.
 *
 * @param rounds per scenario
 * @param measuredSeconds per round and server
 * @param leadSeconds before each measurement
 * @param warmSeconds per server, before the first round of a scenario
 */
record Effort(int rounds, double measuredSeconds, double leadSeconds, double warmSeconds) {

    static final Effort FULL = new Effort(7, 1, 0.3, 4);
    static final Effort QUICK = new Effort(3, 0.6, 0.2, 1.5);
    /** For the order of the servers alone, from a generator that takes a second to start. */
    static final Effort ORDER = new Effort(3, 1, 0.3, 2);

    @Override
    public String toString() {
        return rounds + " alternating rounds of " + measuredSeconds + " s, after " + warmSeconds + " s to warm up";
    }
}
