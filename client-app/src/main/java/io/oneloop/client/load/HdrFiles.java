package io.oneloop.client.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The two standard files of HdrHistogram: the log of every interval, and the percentiles of the whole run. */
final class HdrFiles {

    static final String RESPONSE = "response";
    static final String SERVICE = "service";

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private HdrFiles() {}

    /** The intervals of a run, as they come. */
    static final class Log implements LoadProgress, AutoCloseable {
        private final Path file;
        private final PrintStream out;
        private final HistogramLogWriter writer;
        private boolean begun;

        Log(Path file) throws IOException {
            this.file = file;
            out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
            writer = new HistogramLogWriter(out);
            writer.outputComment("[oneloop load; values in nanoseconds, shown in milliseconds]");
            writer.outputLogFormatVersion();
        }

        @Override
        public void onInterval(
                Interval interval, long startMillis, long endMillis, Histogram response, Histogram service) {
            add(startMillis, endMillis, response, service);
        }

        void add(long startMillis, long endMillis, Histogram response, Histogram service) {
            if (!begun) {
                begun = true;
                writer.outputStartTime(startMillis);
                writer.setBaseTime(startMillis);
                writer.outputBaseTime(startMillis);
                writer.outputLegend();
            }
            add(startMillis, endMillis, RESPONSE, response, false);
            // That nothing was answered for a while is a figure as well: without it a run would seem shorter than it
            // was.
            add(startMillis, endMillis, SERVICE, service, endMillis > startMillis);
        }

        private void add(long startMillis, long endMillis, String tag, Histogram histogram, boolean evenEmpty) {
            if (evenEmpty || histogram.getTotalCount() > 0) {
                histogram.setTag(tag);
                histogram.setStartTimeStamp(startMillis);
                histogram.setEndTimeStamp(endMillis);
                writer.outputIntervalHistogram(histogram);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (out.checkError()) {
                throw new FileFailure("file.notWhole", file);
            }
        }
    }

    /** Writes one distribution for each that there is: {@code FILE} for what is judged, else {@code FILE.service}. */
    static void writePercentiles(Path file, Latency response, Latency service) throws IOException {
        if (response != null) {
            writePercentiles(file, response);
            if (service != null) {
                writePercentiles(file.resolveSibling(file.getFileName() + "." + SERVICE), service);
            }
        } else {
            writePercentiles(file, service == null ? new Latency(Recorders.newHistogram()) : service);
        }
    }

    private static void writePercentiles(Path file, Latency latency) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            latency.histogram().outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NANOS_PER_MILLI);
            if (out.checkError()) {
                throw new FileFailure("file.notWhole", file);
            }
        }
    }
}
