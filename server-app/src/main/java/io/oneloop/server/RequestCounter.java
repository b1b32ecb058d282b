package io.oneloop.server;

/** Counts TCP requests. Written by the loop's thread alone; exact elsewhere once the loop has ended. */
final class RequestCounter {

    private long requests;

    void add(int n) {
        requests += n;
    }

    long requests() {
        return requests;
    }
}
