package io.oneloop.server.bench;

/**
 * How long to measure.
 *
 * @param rounds per scenario
 * @param measuredSeconds per round and server
 * @param leadSeconds before each measurement
 * @param warmRuns per server, of a second each, before the first round of a scenario: several, since the JVM compiles
 *     anew when the first connections end, which it has not seen before
 */
record Effort(int rounds, double measuredSeconds, double leadSeconds, int warmRuns) {

    /** For a generator that starts at once: the shorter a round, the less the machine changes within it. */
    static final Effort FULL = new Effort(11, 0.5, 0.2, 4);

    static final Effort QUICK = new Effort(5, 0.3, 0.2, 2);

    /** For a generator that takes a second to start. */
    static final Effort SLOW_START = new Effort(7, 1, 0.3, 4);

    static final Effort QUICK_SLOW_START = new Effort(3, 0.6, 0.2, 2);

    /** For the order of the servers alone. Of three rounds each, one pair in ten lies apart by chance. */
    static final Effort ORDER = new Effort(5, 1, 0.3, 2);

    @Override
    public String toString() {
        return rounds + " alternating rounds of " + measuredSeconds + " s, after " + warmRuns
                + " runs of 1 s to warm up";
    }
}
