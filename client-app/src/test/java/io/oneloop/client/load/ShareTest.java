package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "3, 2", "4, 2", "50, 3", "7, 7", "1000, 16"})
    void everyConnectionAndEveryRequestIsOneLoops(int connections, int loops) {
        int total = 7 * connections + connections / 2;
        BitSet opened = new BitSet();
        BitSet sent = new BitSet();
        for (int index = 0; index < loops; index++) {
            Share share = new Share(connections, loops, index);
            for (int lane = 0; lane < share.lanes(); lane++) {
                assertEquals(index, share.connection(lane) % loops);
                opened.set(share.connection(lane));
            }
            long own = share.requestsBelow(total);
            for (long k = 0; k < own; k++) {
                long n = share.request(k);
                assertEquals(k, share.requestsBelow(n));
                assertEquals(k + 1, share.requestsBelow(n + 1));
                assertEquals(n % connections, share.connection((int) (k % share.lanes())));
                sent.set((int) n);
            }
            assertTrue(share.request(own) >= total);
        }
        assertEquals(connections, opened.cardinality());
        assertEquals(connections, opened.length());
        assertEquals(total, sent.cardinality());
        assertEquals(total, sent.length());
    }
}
