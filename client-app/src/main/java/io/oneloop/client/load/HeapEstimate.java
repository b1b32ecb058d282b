package io.oneloop.client.load;

/**
 * About how much heap a run keeps in use. The figures are measured: what was live after a full collection ({@code jcmd
 * GC.class_histogram}) with 1, 4,001 and 8,001 connections, 1 and 2 loops, and {@code --pipeline} 1 and 64, on JDK 17 with
 * compressed references. What is needed for a moment comes on top, so a heap of this size is too small rather than enough.
 */
final class HeapEstimate {

    private static final long PROGRAM = 5_000_000;
    /** Its histograms above all. */
    private static final long LOOP = 3_200_000;

    private static final long CONNECTION = 970;
    private static final long SOCKET = 1_310;
    private static final long NUMBERING_SOCKET = 1_370;
    /** When a request was due and when it was sent. */
    private static final long IN_FLIGHT = 16;

    private static final long NUMBERED_IN_FLIGHT = 36;

    /** Who waits for how long, with {@code --think}. */
    private static final long THINKING = 12;

    private HeapEstimate() {}

    static long bytes(LoadPlan plan) {
        long lane = plan.sequence() ? NUMBERING_SOCKET : plan.udp() ? SOCKET : CONNECTION;
        long request = plan.sequence() ? NUMBERED_IN_FLIGHT : IN_FLIGHT;
        request += plan.thinkNanos() > 0 ? THINKING : 0;
        return PROGRAM + plan.loops() * LOOP + plan.connections() * (lane + plan.pipeline() * request);
    }
}
