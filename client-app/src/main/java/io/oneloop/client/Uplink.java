package io.oneloop.client;

/** The way from the thread that reads the input into a session. For one thread, which is not the loop's. */
interface Uplink {

    /**
     * Sends {@code bytes}, which belong to the session from now on. Waits until the session has room.
     *
     * @return false if the session is over
     */
    boolean send(byte[] bytes) throws InterruptedException;

    /** Tells that the input has ended. */
    void end() throws InterruptedException;
}
