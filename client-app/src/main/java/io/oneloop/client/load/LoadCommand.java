package io.oneloop.client.load;

import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
            "Exit status: 0 ok; 1 the run failed, or nothing succeeded; 2 wrong use, or the machine or the target does"
                    + " not allow the run; 99 a threshold was missed; 130 interrupted, with the report written."
        })
public final class LoadCommand implements Callable<Integer> {

    static final int THRESHOLD_MISSED = 99;

    private static final String OUT_OF_MEMORY = "the run does not fit into memory: give the JVM more (-Xmx), or use"
            + " fewer connections (-c) or a smaller --pipeline.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadOptions options;

    @Mixin
    private ReportOptions reports;

    @Override
    public Integer call() {
        LoadPlan plan = plan();
        PrintWriter err = spec.commandLine().getErr();
        Preflight preflight = Preflight.of(plan);
        List<String> problems = preflight.problems();
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.WRONG_USE, "preflight: " + String.join("; ", problems) + ".");
        }
        if (!reports.quiet) {
            err.println(" preflight  " + preflight);
        }
        try (ReportFiles files = ReportFiles.open(reports, spec.commandLine().getOut());
                LiveView view = reports.quiet ? null : LiveView.open(err, plan)) {
            LoadRun run = new LoadRun(plan, view == null ? files : view.and(files));
            Interruption interruption = new Interruption(run::interrupt);
            try {
                LoadResult result = run.run();
                if (view != null) {
                    view.endLine();
                }
                files.write(result);
                return exitCode(result);
            } catch (IllegalStateException e) {
                throw new CommandFailure(ExitCode.NETWORK_FAILURE, e.getMessage() + ".");
            } catch (OutOfMemoryError e) {
                throw new CommandFailure(ExitCode.NETWORK_FAILURE, OUT_OF_MEMORY);
            } finally {
                interruption.close();
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, "write the report: " + reason(e) + ".");
        }
    }

    private LoadPlan plan() {
        try {
            return options.test().plan();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (UnknownHostException e) {
            throw new ParameterException(spec.commandLine(), "unknown host: " + e.getMessage());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "read the payload: " + reason(e));
        }
    }

    static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file or folder: " + e.getMessage() : e.getMessage();
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
