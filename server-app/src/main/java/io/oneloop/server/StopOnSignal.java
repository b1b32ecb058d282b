package io.oneloop.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ends the server in good order when the process is told to end (SIGTERM, Ctrl-C, SIGHUP), and at once when told so again. */
final class StopOnSignal {

    /** How long the readers of stderr and stdout may keep the process from ending. */
    private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(1);

    private StopOnSignal() {}

    static void install(
            Server server,
            ServerSettings settings,
            RequestLog requests,
            ProblemLog problems,
            LogQueue queue,
            Messages messages) {
        Runnable end = () -> {
            int exitCode = ExitCode.FAILED;
            try {
                SecondSignal.runs(() -> hurry(server, settings, requests));
                if (settings.log() == LogLevel.ALL && server.openConnections() > 0) {
                    requests.ending(server.openConnections(), settings.drain());
                }
                exitCode = stop(server, settings.log(), problems, queue, messages);
            } catch (InterruptedException e) {
                // Nobody interrupts a shutdown hook; whoever did wants it to end.
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                // The thread ends by the halt, before its handler of exceptions could say anything.
                System.err.println("oneloop: " + e);
            } finally {
                // A JVM that a signal ends exits with 128 plus the number of the signal, unless it is halted here.
                Runtime.getRuntime().halt(exitCode);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(end, "stop"));
    }

    private static void hurry(Server server, ServerSettings settings, RequestLog requests) {
        if (settings.log() != LogLevel.OFF) {
            requests.hurried();
        }
        server.hurry();
    }

    /** {@return the exit code of the process} */
    static int stop(Server server, LogLevel log, ProblemLog problems, LogQueue queue, Messages messages)
            throws InterruptedException {
        // Then there was no signal: the loop's end is what ends the process.
        boolean failed = server.hasEnded();
        List<String> totals = new ArrayList<>(server.stop(messages));
        problems.tellRest();
        long unwritten = queue.close(OUTPUT_LIMIT);
        if (unwritten > 0) {
            totals.add("oneloop: " + messages.get("log.unwritten", unwritten));
        }
        if (log != LogLevel.OFF) {
            print(totals, messages);
        }
        return failed || StandardStreams.OUT.tookNothing() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** On a thread of its own: a pipe whose reader has stopped must not keep the process alive. */
    private static void print(List<String> lines, Messages messages) throws InterruptedException {
        Runnable print = () -> {
            long failures = StandardStreams.OUT.failures();
            lines.forEach(System.out::println);
            if (StandardStreams.OUT.failures() > failures) {
                System.err.println("oneloop: " + messages.get("totals.lost", StandardStreams.OUT.lastCause()));
                lines.forEach(System.err::println);
            }
        };
        Thread printer = new Thread(print, "summary");
        printer.setDaemon(true);
        printer.start();
        printer.join(OUTPUT_LIMIT.toMillis());
    }
}
