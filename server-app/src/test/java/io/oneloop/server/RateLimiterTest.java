package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {

    private long now;

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 1_000_000})
    void grantsOneSecondsWorthAtOnceAndThenTheRate(long start) throws Exception {
        now = start;
        RateLimiter limiter = new RateLimiter(10, () -> now);
        InetAddress source = InetAddress.getByName("192.0.2.1");
        assertEquals(10, granted(limiter, source, 100));
        now += TimeUnit.MILLISECONDS.toNanos(100);
        assertEquals(1, granted(limiter, source, 100));
        now += TimeUnit.MILLISECONDS.toNanos(350);
        assertEquals(3, granted(limiter, source, 100));
        now += TimeUnit.HOURS.toNanos(1);
        assertEquals(10, granted(limiter, source, 100));
    }

    @Test
    void countsANetworkAsOneSource() throws Exception {
        RateLimiter limiter = new RateLimiter(1, () -> now);
        assertTrue(limiter.tryAcquire(InetAddress.getByName("192.0.2.1")));
        assertFalse(limiter.tryAcquire(InetAddress.getByName("192.0.2.200")));
        assertTrue(limiter.tryAcquire(InetAddress.getByName("2001:db8:0:100::1")));
        assertFalse(limiter.tryAcquire(InetAddress.getByName("2001:db8:0:1ff::1")));
    }

    /** The secret is another one in every process: neighbours are to be kept apart by each, not by most. */
    @Test
    void keepsMostNetworksApartWhateverTheSecret() throws Exception {
        SplittableRandom secrets = new SplittableRandom(1);
        for (int run = 0; run < 500; run++) {
            long secret = secrets.nextLong();
            RateLimiter limiter = new RateLimiter(1, () -> now, secret);
            int granted = 0;
            for (int i = 0; i < 1000; i++) {
                granted += granted(limiter, network(i), 1);
            }
            int apart = granted;
            // 1,000 in 65,536 buckets: about 8 share one.
            assertTrue(apart > 970, () -> apart + " of 1,000 are apart with secret " + secret);
        }
    }

    private static InetAddress network(int i) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, (byte) (i >> 8), (byte) i, 1});
    }

    private static int granted(RateLimiter limiter, InetAddress source, int attempts) {
        int granted = 0;
        for (int i = 0; i < attempts; i++) {
            if (limiter.tryAcquire(source)) {
                granted++;
            }
        }
        return granted;
    }
}
