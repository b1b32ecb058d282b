package io.oneloop.server.bench;

/**
 * How long to measure.
 *
 * @param rounds per scenario; fewer, but at least three, if the minutes are over
 * @param measuredSeconds per round and server
 * @param leadSeconds before each measurement
 * @param warmSeconds per server, before the first round of a scenario
 * @param minutes for all scenarios together
 */
record Effort(int rounds, double measuredSeconds, double leadSeconds, double warmSeconds, int minutes) {

    static final Effort FULL = new Effort(7, 0.6, 0.2, 1.5, 12);
    static final Effort QUICK = new Effort(3, 0.6, 0.2, 1.5, 4);
}
