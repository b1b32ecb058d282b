package io.oneloop.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket for each source network (IPv4 /24, IPv6 /56), which holds one second's worth, in memory that does not
 * depend on how many there are: networks whose hash is the same share a bucket. A secret in the hash keeps a sender from
 * choosing whom to share with.
 *
 * <p>A bucket is one number, as in the generic cell rate algorithm (ITU-T I.371): the time at which it would be full again.
 */
final class RateLimiter {

    private static final int BUCKETS = 1 << 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private final long burstNanos;
    private final long secret = ThreadLocalRandom.current().nextLong();
    private final long[] fullAt = new long[BUCKETS];

    /** @param perSecond datagrams that a network may have answered each second, 1 to 10^9 */
    RateLimiter(int perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        burstNanos = intervalNanos * (perSecond - 1);
        Arrays.fill(fullAt, nanoTime.getAsLong());
    }

    /** {@return whether the network of {@code source} has a token left, and takes it} */
    boolean tryAcquire(InetAddress source) {
        int bucket = bucket(source);
        long now = nanoTime.getAsLong();
        long full = fullAt[bucket] - now > 0 ? fullAt[bucket] : now;
        if (full - now > burstNanos) {
            return false;
        }
        fullAt[bucket] = full + intervalNanos;
        return true;
    }

    private int bucket(InetAddress source) {
        byte[] address = source.getAddress();
        int prefixBytes = source instanceof Inet4Address ? 3 : 7;
        long hash = secret ^ prefixBytes;
        for (int i = 0; i < prefixBytes; i++) {
            hash = (hash ^ address[i]) * MIX;
            hash ^= hash >>> 32;
        }
        return (int) (hash >>> 48);
    }
}
