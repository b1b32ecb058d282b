package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.client.load.Recorders.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;

class HistogramMergeTest {

    /** Several loops, several intervals: nothing is lost, doubled or moved on the way into one histogram. */
    @Property(tries = 100)
    void mergedHistogramsEqualTheHistogramOfTheMergedValues(
            @ForAll @Size(min = 1, max = 4)
                    List<@Size(max = 50) List<@LongRange(min = 0, max = 172_800_000_000_000L) Long>> loops,
            @ForAll @LongRange(min = 1, max = 20) long perInterval) {
        Histogram all = Recorders.newHistogram();
        Histogram merged = Recorders.newHistogram();
        for (List<Long> values : loops) {
            Recorders recorders = new Recorders();
            int n = 0;
            for (long value : values) {
                recorders.record(Kind.SERVICE, value);
                all.recordValue(value);
                if (++n % perInterval == 0) {
                    merged.add(recorders.drain(Kind.SERVICE));
                }
            }
            merged.add(recorders.drain(Kind.SERVICE));
        }
        assertEquals(all, merged);
        assertEquals(all.getValueAtPercentile(99), merged.getValueAtPercentile(99));
        assertEquals(all.getMaxValue(), merged.getMaxValue());
    }
}
