package io.oneloop.client.load;

import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
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
                LiveView view = reports.quiet ? null : view(err, plan)) {
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

    private static LiveView view(PrintWriter err, LoadPlan plan) {
        try {
            return LiveView.open(err, plan);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NETWORK_FAILURE, "open the terminal: " + e.getMessage() + "; do without it with -q.");
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
        if (e instanceof NoSuchFileException) {
            return "no such file or folder: " + e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "no right to " + e.getMessage() + ": choose another place, or change its permissions";
        }
        if (e instanceof CharacterCodingException) {
            return "the file is not text in UTF-8";
        }
        // The JDK's other file errors name the file and, if the system told, the reason.
        return e.getMessage();
    }

    /** @throws CommandFailure if stdout did not take all of it */
    static void requireWritten(PrintWriter out) {
        if (out.checkError()) {
            throw new CommandFailure(
                    ExitCode.NETWORK_FAILURE,
                    "write stdout: not all of it was taken: the disk is full, or whoever read it has gone.");
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
