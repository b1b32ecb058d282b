package io.oneloop.client.load;

import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: merges the histogram logs of several runs into one report. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Merge the histogram logs of 'load --hlog', of several machines or processes, into one report.",
            "The histograms are added, which percentiles cannot be. What a log does not hold, such as errors, is n/a."
        })
public final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE.hlog", description = "The logs.")
    private List<Path> files;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report with plots into one self-contained file.")
    private Path html;

    @Option(names = "--hgrm", paramLabel = "FILE", description = "Write the percentiles as HdrHistogram prints them.")
    private Path hgrm;

    @Override
    public Integer call() {
        try {
            HdrMerge merge = HdrMerge.of(files);
            String text = text(merge);
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            if (hgrm != null) {
                HdrFiles.writePercentiles(hgrm, merge.response(), merge.service());
            }
            if (html != null) {
                String title = files.size() == 1 ? "load" : "load, " + files.size() + " logs";
                Files.writeString(
                        html,
                        HtmlReport.of(title, text, merge.response(), merge.service(), merge.intervals()),
                        StandardCharsets.UTF_8);
            }
            LoadCommand.requireWritten(out);
            return ExitCode.ANSWERED;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, "report: " + LoadCommand.reason(e) + ".");
        }
    }

    private String text(HdrMerge merge) {
        String rate = merge.seconds() > 0 ? Quantity.rate(merge.succeeded() / merge.seconds()) + "/s" : "n/a";
        return String.format(
                        Locale.ROOT,
                        "Run   %.1f s  %d %s  %s model%nRate  achieved %s   errors n/a%n",
                        merge.seconds(),
                        files.size(),
                        files.size() == 1 ? "log" : "logs merged",
                        merge.response() == null ? "closed" : "open",
                        rate)
                + LatencyTable.of(merge.response(), merge.service())
                + String.format(Locale.ROOT, "Sent  %,d answered right%n", merge.succeeded());
    }
}
