package io.oneloop.client.load;

/**
 * When a loop last did something, and when it last did nothing for a while. By itself, a probe that comes late cannot tell
 * a process that stood still from a prober that got no processor while the loop went on. Belongs to the loop.
 */
final class Pulse {

    private static final long STANDSTILL_NANOS = 1_000_000;

    private long last;
    private long stoodFrom;
    private long stoodUntil;

    /** @param now as nanoTime */
    Pulse(long now) {
        last = now;
        stoodFrom = now;
        stoodUntil = now;
    }

    /** The loop does something. */
    void beat(long now) {
        if (now - last > STANDSTILL_NANOS) {
            stoodFrom = last;
            stoodUntil = now;
        }
        last = now;
    }

    /**
     * The loop has turned to a probe.
     *
     * @param due when it should have been asked
     * @param asked when it was
     * @return how long it took; if it was asked late, how long it would have taken at {@code due}, if the loop stood still then
     */
    long lag(long due, long asked, long now) {
        beat(now);
        boolean late = asked - due > STANDSTILL_NANOS;
        boolean stood = late && due - stoodFrom >= 0 && stoodUntil - due > 0;
        return Math.max(now - asked, stood ? stoodUntil - due : 0);
    }
}
