package io.oneloop.client.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** Several histogram logs as if one client had written them: the runs of several machines or processes at once. */
final class HdrMerge {

    private static final int MOST_POINTS = 200;

    /** Of errors and of what was in flight a histogram log says nothing. */
    private static final long UNKNOWN = -1;

    private final Histogram response = Recorders.newHistogram();
    private final Histogram service = Recorders.newHistogram();
    private final List<Interval> intervals = new ArrayList<>();
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    private HdrMerge() {}

    /** @throws IOException if a file cannot be read or holds no histogram, or if they are of both models */
    static HdrMerge of(List<Path> files) throws IOException {
        HdrMerge merge = new HdrMerge();
        Path open = null;
        Path closed = null;
        for (Path file : files) {
            long before = merge.response.getTotalCount();
            if (read(file, merge::addToTotal) == 0) {
                throw new FileFailure("file.noInterval", file);
            }
            if (merge.response.getTotalCount() > before) {
                open = file;
            } else {
                closed = file;
            }
        }
        // Response time would be that of some of the requests, beside service time of all.
        if (open != null && closed != null) {
            throw new FileFailure("file.twoModels", open, closed);
        }
        merge.buildCourse(files);
        return merge;
    }

    private static int read(Path file, Consumer<Histogram> action) throws IOException {
        FileFailure.ifFolder(file);
        if (!Files.isReadable(file)) {
            throw Files.exists(file)
                    ? new AccessDeniedException(file.toString())
                    : new NoSuchFileException(file.toString());
        }
        int count = 0;
        try (HistogramLogReader reader = new HistogramLogReader(new File(file.toString()))) {
            EncodableHistogram next;
            while ((next = reader.nextIntervalHistogram()) != null) {
                if (next instanceof Histogram histogram) {
                    action.accept(histogram);
                    count += histogram.getTotalCount() > 0 ? 1 : 0;
                }
            }
            // The reader takes a line that it cannot read for the end.
            if (count > 0 && reader.hasNext()) {
                throw new FileFailure("file.notHlog", file);
            }
        } catch (RuntimeException e) {
            throw new FileFailure("file.notHlog", file);
        }
        return count;
    }

    private void addToTotal(Histogram histogram) {
        (isResponse(histogram) ? response : service).add(histogram);
        firstMillis = Math.min(firstMillis, histogram.getStartTimeStamp());
        lastMillis = Math.max(lastMillis, histogram.getEndTimeStamp());
    }

    private static boolean isResponse(Histogram histogram) {
        return HdrFiles.RESPONSE.equals(histogram.getTag());
    }

    /** A second reading, now that the span is known: one histogram per point of the plot and not one per interval. */
    private void buildCourse(List<Path> files) throws IOException {
        long step = Math.max(1_000, (lastMillis - firstMillis + MOST_POINTS - 1) / MOST_POINTS);
        int points = (int) Math.max(1, (lastMillis - firstMillis + step - 1) / step);
        Histogram[] course = new Histogram[points];
        boolean open = response.getTotalCount() > 0;
        for (Path file : files) {
            read(file, histogram -> {
                if (isResponse(histogram) == open) {
                    int i = (int) Math.min(points - 1, (histogram.getStartTimeStamp() - firstMillis) / step);
                    course[i] = course[i] == null ? new Histogram(Recorders.DIGITS) : course[i];
                    course[i].add(histogram);
                }
            });
        }
        for (int i = 0; i < points; i++) {
            intervals.add(interval(course[i], i * step, Math.min(step, lastMillis - firstMillis - i * step)));
        }
    }

    private static Interval interval(Histogram histogram, long startMillis, long millis) {
        Latency latency = new Latency(histogram == null ? new Histogram(Recorders.DIGITS) : histogram);
        return new Interval(
                startMillis / 1e3,
                millis / 1e3,
                latency.count(),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                latency.supports(50) ? latency.nanosAt(50) : -1,
                latency.supports(99) ? latency.nanosAt(99) : -1,
                latency.count() > 0 ? latency.maxNanos() : -1);
    }

    /** {@return the times from when requests were due, or null} */
    Latency response() {
        return response.getTotalCount() == 0 ? null : new Latency(response);
    }

    /** {@return the times from when requests were sent, or null} */
    Latency service() {
        return service.getTotalCount() == 0 ? null : new Latency(service);
    }

    /** {@return from the beginning of the first interval to the end of the last} */
    double seconds() {
        return (lastMillis - firstMillis) / 1e3;
    }

    long succeeded() {
        return Math.max(response.getTotalCount(), service.getTotalCount());
    }

    List<Interval> intervals() {
        return intervals;
    }
}
