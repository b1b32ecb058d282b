package io.oneloop.server.bench;

/**
 * One run of the generator.
 *
 * @param wrong replies with a wrong byte
 * @param failed connections and requests that failed
 * @param lost datagrams without an answer
 * @param cpuMicrosPerRequest of all threads of the server
 */
record Measurement(
        double requestsPerSecond,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double cpuMicrosPerRequest,
        long wrong,
        long failed,
        long lost) {}
