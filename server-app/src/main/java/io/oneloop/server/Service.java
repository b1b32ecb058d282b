package io.oneloop.server;

import io.oneloop.LoopObserver;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.LoggerFactory;

/** The server and what it tells: the ready line, the log, the totals. */
final class Service {

    private static final int LOG_LINES = 4096;

    private Service() {}

    /**
     * Serves until the process is told to end, which {@link StopOnSignal} does by itself.
     *
     * @param verbose whether to say what would make this JVM serve faster, unless the log is off
     * @return the exit code if serving ends of itself
     * @throws WrongUse if an address cannot be bound
     * @throws ExecutionException if there can be no log
     */
    static int run(ServerSettings settings, Messages messages, boolean verbose)
            throws WrongUse, InterruptedException, ExecutionException {
        Log log = new Log(() -> LoggerFactory.getLogger("oneloop"), StandardStreams.ERR::failures);
        LogQueue queue = new LogQueue(LOG_LINES, count -> log.warn(messages.get("log.leftOut", count)));
        // Opened beside the rest, and before the server is ready: the first line may be that descriptors are out.
        FutureTask<Void> logOpened = new FutureTask<>(log::open, null);
        queue.add(logOpened);
        RequestLog requests = new RequestLog(queue, log, messages);
        ProblemLog problems = new ProblemLog(queue, log, messages, System::nanoTime);
        LoopObserver observer = settings.log() == LogLevel.OFF ? (context, error) -> {} : problems;
        Server server = Server.start(settings, observer, requests, messages);
        StopOnSignal.install(server, settings, requests, problems, queue, messages);
        try {
            if (settings.log() != LogLevel.OFF) {
                server.notices(messages).forEach(notice -> queue.add(() -> log.warn(notice)));
                if (verbose) {
                    recommendFlags(messages);
                }
            }
            logOpened.get();
            String ready = server.readyLine();
            System.out.println(ready);
            if (StandardStreams.OUT.failures() > 0 && settings.log() != LogLevel.OFF) {
                String cause = StandardStreams.OUT.lastCause();
                queue.add(() -> log.warn(messages.get("log.readyLost", cause, ready)));
            }
        } catch (ExecutionException | RuntimeException | Error e) {
            // A server that cannot say that it is there is none: else the process would end as if it had been told to.
            server.stop(messages);
            throw e;
        }
        if (settings.log() == LogLevel.ALL && settings.tcp() != null) {
            requests.waiting();
        }
        server.join();
        return ExitCode.FAILED;
    }

    private static void recommendFlags(Messages messages) {
        List<String> missing = RecommendedFlags.missing();
        if (!missing.isEmpty()) {
            System.err.println("oneloop: " + messages.get("flags", String.join(" ", missing)));
        }
    }
}
