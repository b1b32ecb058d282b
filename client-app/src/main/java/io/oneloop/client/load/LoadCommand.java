package io.oneloop.client.load;

import io.oneloop.client.ClientMain;
import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import io.oneloop.client.Messages;
import io.oneloop.client.load.ReportOptions.Format;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code load}: load-tests a server and says what came of it. */
@Command(
        name = "load",
        sortOptions = false,
        description = {
            "Load-test a TCP or UDP server with many clients at once.",
            "Every byte of every reply is checked. With --rate, times count from when a request was due, so that a"
                    + " server which stalls cannot hide it."
        },
        footer = {
            "Exit status: 0 ok; 1 the run failed, nothing succeeded, or a report could not be written whole;"
                    + " 2 wrong use, or the machine or the target does not allow the run; 99 a threshold was missed;"
                    + " 130 interrupted, with the report written."
        })
public final class LoadCommand implements Callable<Integer> {

    static final int THRESHOLD_MISSED = 99;

    @ParentCommand
    private ClientMain client;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadOptions options;

    @Mixin
    private ReportOptions reports;

    @Override
    public Integer call() {
        Messages messages = Messages.ofLoad(client.language());
        LoadPlan plan = plan(messages);
        PrintWriter err = spec.commandLine().getErr();
        Preflight preflight = Preflight.of(plan, messages);
        List<String> problems = preflight.problems();
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("fail.preflight", String.join("; ", problems)));
        }
        if (!reports.quiet) {
            err.println(LiveView.phase("phase.preflight", messages) + preflight);
        }
        try (ReportFiles files = files(messages);
                LiveView view = reports.quiet ? null : view(err, plan, messages)) {
            LoadRun run = new LoadRun(plan, view == null ? files : view.and(files));
            Interruption interruption = new Interruption(run::interrupt);
            try {
                LoadResult result = run.run();
                if (view != null) {
                    view.endLine();
                }
                files.write(result);
                return exitCode(result);
            } catch (LoadRun.Fault e) {
                throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get("fail.itself", e.getCause()));
            } catch (OutOfMemoryError e) {
                throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get("fail.outOfMemory"));
            } finally {
                interruption.close();
            }
        } catch (IOException e) {
            // The command line was right when the run began: the disk is full.
            throw unwritable(ExitCode.NETWORK_FAILURE, e, messages);
        }
    }

    private ReportFiles files(Messages messages) {
        try {
            return ReportFiles.open(reports, out(), messages, client.language());
        } catch (IOException e) {
            throw unwritable(ExitCode.WRONG_USE, e, messages);
        }
    }

    /** What programs read is UTF-8, as JSON has to be, whatever the terminal speaks. */
    private PrintWriter out() {
        return reports.format == Format.TEXT
                ? spec.commandLine().getOut()
                : new PrintWriter(new OutputStreamWriter(client.streams().out(), StandardCharsets.UTF_8), true);
    }

    private static CommandFailure unwritable(int exitCode, IOException e, Messages messages) {
        return new CommandFailure(exitCode, messages.get("fail.writeReport", FileFailure.reason(e, messages)));
    }

    private static LiveView view(PrintWriter err, LoadPlan plan, Messages messages) {
        try {
            return LiveView.open(err, plan, messages);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get("fail.terminal", e.getMessage()));
        }
    }

    private LoadPlan plan(Messages messages) {
        try {
            return options.test().plan();
        } catch (WrongValue e) {
            throw new ParameterException(spec.commandLine(), e.in(client.language()));
        } catch (UnknownHostException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("fail.unknownHost", e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("fail.payload", FileFailure.reason(e, messages)));
        }
    }

    /** @throws CommandFailure if stdout did not take all of it */
    static void requireWritten(PrintWriter out, Messages messages) {
        if (out.checkError()) {
            throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get("fail.stdout"));
        }
    }

    static int exitCode(LoadResult result) {
        if (result.end() == LoadResult.End.INTERRUPTED) {
            return ExitCode.INTERRUPTED;
        }
        if (result.end() != LoadResult.End.COMPLETE || result.succeeded() == 0) {
            return ExitCode.NETWORK_FAILURE;
        }
        return result.missedThresholds().isEmpty() ? ExitCode.ANSWERED : THRESHOLD_MISSED;
    }
}
