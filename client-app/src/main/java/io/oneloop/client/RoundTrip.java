package io.oneloop.client;

/** The time from the first bytes that are not answered yet to the first bytes of the answer. */
final class RoundTrip {

    /** No question is open. */
    static final long NONE = -1;

    private boolean open;
    private long sentAt;

    void sent() {
        if (!open) {
            open = true;
            sentAt = System.nanoTime();
        }
    }

    /** {@return nanoseconds, or {@link #NONE} if this answers nothing that was sent since the last answer} */
    long received() {
        if (!open) {
            return NONE;
        }
        open = false;
        return System.nanoTime() - sentAt;
    }
}
