package io.oneloop.client.load;

import org.HdrHistogram.Histogram;

/** Is told how a run goes on, on the thread that coordinates it. */
interface LoadProgress {

    /** Nobody looks. */
    LoadProgress NONE = new LoadProgress() {};

    /**
     * A moment of a run, for the live view.
     *
     * @param ofSeconds how long the measurement lasts; 0 outside it, and if its end is not a time
     * @param requests the measured requests that were sent
     * @param ofRequests how many there are to be; 0 if their number is not what ends the run
     */
    record Moment(
            Phase phase,
            double seconds,
            double ofSeconds,
            long requests,
            long ofRequests,
            long open,
            long connections,
            double rate,
            long inFlight,
            long waiting,
            long errors,
            long p99Nanos) {}

    enum Phase {
        RAMP,
        WARMUP,
        MEASURE,
        DRAIN
    }

    /** Several times a second. */
    default void onMoment(Moment moment) {}

    /**
     * An interval of the measurement is over.
     *
     * @param startMillis its beginning, as wall-clock time
     * @param response from the time due, empty in the closed model; valid during the call
     * @param service from the time sent; valid during the call
     */
    default void onInterval(
            Interval interval, long startMillis, long endMillis, Histogram response, Histogram service) {}
}
