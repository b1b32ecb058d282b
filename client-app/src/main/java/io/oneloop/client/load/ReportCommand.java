package io.oneloop.client.load;

import io.oneloop.client.ClientMain;
import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code report}: merges the histogram logs of several runs into one report. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Merge the histogram logs of 'load --hlog', of several machines or processes, into one report.",
            "The histograms are added, which percentiles cannot be. What a log does not hold, such as errors, is n/a."
        },
        footer = "Exit status: 0 ok; 1 stdout did not take the report; 2 wrong use, or a file that cannot be read or"
                + " written.")
public final class ReportCommand implements Callable<Integer> {

    @ParentCommand
    private ClientMain client;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE.hlog", description = "The logs.")
    private List<Path> files;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report with plots into one self-contained file.")
    private Path html;

    @Option(
            names = "--hgrm",
            paramLabel = "FILE",
            description = "Write the percentiles as HdrHistogram prints them, in milliseconds.")
    private Path hgrm;

    @Override
    public Integer call() {
        Messages messages = Messages.ofLoad(client.language());
        try {
            HdrMerge merge = HdrMerge.of(files);
            String text = text(merge, messages);
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
            try {
                if (hgrm != null) {
                    HdrFiles.writePercentiles(hgrm, merge.response(), merge.service());
                }
            } finally {
                if (html != null) {
                    HtmlReport.write(html, html(merge, text));
                }
            }
            LoadCommand.requireWritten(out, messages);
            return ExitCode.ANSWERED;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("fail.report", FileFailure.reason(e, messages)));
        }
    }

    private String html(HdrMerge merge, String text) {
        String title = files.size() == 1 ? "load" : "load, " + files.size() + " logs";
        return HtmlReport.of(title, text, merge.response(), merge.service(), merge.intervals(), client.language());
    }

    private String text(HdrMerge merge, Messages messages) {
        String rate = merge.seconds() > 0 ? Quantity.rate(merge.succeeded() / merge.seconds()) + "/s" : "n/a";
        String run = messages.get(
                "merge.run",
                Quantity.tenths(merge.seconds()),
                messages.count("merge.log", files.size(), files.size()),
                messages.get(merge.response() == null ? "report.closed" : "merge.open"));
        String tooFew = Diagnosis.tooFewFor(merge.response() == null ? merge.service() : merge.response(), messages);
        return String.join(
                System.lineSeparator(),
                run,
                messages.get("merge.rate", rate),
                LatencyTable.of(merge.response(), merge.service(), messages)
                        + messages.get("merge.sent", Quantity.grouped(merge.succeeded())),
                tooFew == null ? "" : messages.get("report.note", tooFew) + System.lineSeparator());
    }
}
