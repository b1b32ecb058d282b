package io.oneloop.client.load;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the figures go. */
final class ReportOptions {

    /** The form of what is written to stdout. */
    enum Format {
        TEXT,
        JSON,
        NDJSON,
        CSV
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|ndjson|csv",
            defaultValue = "text",
            description = "What goes to stdout: the report as text or JSON, or the course of the run, an interval per"
                    + " line (default: ${DEFAULT-VALUE}).")
    Format format;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report with plots into one self-contained file.")
    Path html;

    @Option(
            names = "--hgrm",
            paramLabel = "FILE",
            description = "Write the percentiles as HdrHistogram prints them, in milliseconds.")
    Path hgrm;

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "Write the histograms of every interval as an HdrHistogram log, tagged response and service;"
                    + " 'report' reads it.")
    Path hlog;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on stderr.")
    boolean quiet;
}
