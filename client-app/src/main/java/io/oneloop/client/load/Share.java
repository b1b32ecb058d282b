package io.oneloop.client.load;

/**
 * What one of several loops has of a run. Connection {@code i} belongs to loop {@code i mod loops}, request {@code n} to
 * connection {@code n mod connections}: so a loop has of the requests as large a part as of the connections, also if they
 * cannot be divided evenly.
 *
 * @param connections of the whole run, at least as many as loops
 * @param index the loop's number
 */
record Share(int connections, int loops, int index) {

    /** {@return how many connections} */
    int lanes() {
        return (connections - index + loops - 1) / loops;
    }

    /** {@return the number in the run of this loop's connection {@code lane}} */
    int connection(int lane) {
        return index + lane * loops;
    }

    /** {@return the number in the run of this loop's request {@code k}, both from 0} */
    long request(long k) {
        int lanes = lanes();
        return k / lanes * connections + connection((int) (k % lanes));
    }

    /** {@return how many of the run's first {@code n} requests are this loop's} */
    long requestsBelow(long n) {
        int rest = (int) (n % connections);
        return n / connections * lanes() + Math.max(0, (rest - index + loops - 1) / loops);
    }
}
