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

    private static final int BUCKET_BITS = 16;

    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private final long burstNanos;
    private final long secret;
    private final long[] fullAt = new long[1 << BUCKET_BITS];

    /** @param perSecond datagrams that a network may have answered each second, 1 to 10^9 */
    RateLimiter(int perSecond, LongSupplier nanoTime) {
        this(perSecond, nanoTime, ThreadLocalRandom.current().nextLong());
    }

    RateLimiter(int perSecond, LongSupplier nanoTime, long secret) {
        this.nanoTime = nanoTime;
        this.secret = secret;
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
        long network = prefixBytes; // above the bytes, so that an IPv4 network is never an IPv6 one
        for (int i = 0; i < prefixBytes; i++) {
            network = network << Byte.SIZE | Byte.toUnsignedInt(address[i]);
        }
        return (int) (mix(network ^ secret) >>> (Long.SIZE - BUCKET_BITS));
    }

    /**
     * The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): a change
     * of any bit changes each bit of the result about every second time. One multiplication for each byte does not: whole
     * runs of neighbouring networks then fall on one another for one secret in twenty.
     */
    private static long mix(long bits) {
        long mixed = bits;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
