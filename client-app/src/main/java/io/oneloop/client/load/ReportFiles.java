package io.oneloop.client.load;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import io.oneloop.client.load.ReportOptions.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/** Writes what the user asked for, during the run and after it. */
final class ReportFiles implements LoadProgress, AutoCloseable {

    private final ReportOptions options;
    private final PrintWriter out;
    private final Messages messages;
    private final Language language;
    private final HdrFiles.Log log;
    private final IntervalReport course;

    private ReportFiles(
            ReportOptions options, PrintWriter out, Messages messages, Language language, HdrFiles.Log log) {
        this.options = options;
        this.out = out;
        this.messages = messages;
        this.language = language;
        this.log = log;
        boolean lines = options.format == Format.CSV || options.format == Format.NDJSON;
        course = lines ? new IntervalReport(out, options.format == Format.CSV) : null;
    }

    /** @throws IOException if a file cannot be written: better told before a long run than after it */
    static ReportFiles open(ReportOptions options, PrintWriter out, Messages messages, Language language)
            throws IOException {
        for (Path file : new Path[] {options.html, options.hgrm}) {
            if (file != null) {
                Files.newOutputStream(file).close();
            }
        }
        return new ReportFiles(
                options, out, messages, language, options.hlog == null ? null : new HdrFiles.Log(options.hlog));
    }

    @Override
    public void onInterval(Interval interval, long startMillis, long endMillis, Histogram response, Histogram service) {
        if (log != null) {
            log.add(startMillis, endMillis, response, service);
        }
        if (course != null && interval.seconds() > 0) {
            course.add(interval);
        }
    }

    /** Writes all of it that can be written, whatever becomes of the rest: the run cannot be had again. */
    void write(LoadResult result) throws IOException {
        print(result);
        out.flush();
        try {
            if (options.hgrm != null) {
                result.writeHgrm(options.hgrm);
            }
        } finally {
            if (options.html != null) {
                result.writeHtml(options.html, language);
            }
        }
        // Last, so that a reader who has gone does not cost the files.
        LoadCommand.requireWritten(out, messages);
    }

    private void print(LoadResult result) {
        switch (options.format) {
            case TEXT:
                out.print(result.text(language));
                break;
            case JSON:
                out.println(result.json());
                break;
            default:
                course.end(result);
        }
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
