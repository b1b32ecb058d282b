package io.oneloop.server;

import java.util.Map;
import java.util.concurrent.ExecutionException;

/** {@code java -jar server-app.jar}. */
public final class ServerMain {

    private ServerMain() {}

    /**
     * Serves until the process is told to end.
     *
     * @param args what {@code --help} lists
     */
    public static void main(String[] args) {
        StandardStreams.useEncodingFitForText();
        int exitCode = ExitCode.FAILED;
        try {
            exitCode = serve(args, System.getenv());
        } catch (Error e) {
            // No memory even to say so in a better sentence, most likely, which helps more than a stack trace all the
            // same.
            System.err.println("oneloop: " + e);
        }
        System.exit(exitCode);
    }

    /** Where nothing is asked for, nothing is parsed: loading the parser would be a sixth of the start. */
    private static int serve(String[] args, Map<String, String> environment) {
        if (args.length > 0 || isConfiguredBy(environment)) {
            return ServerCommand.run(args, environment);
        }
        Messages messages = Messages.in(Language.ofThisMachine());
        try {
            return Service.run(ServerSettings.defaults(), messages, false);
        } catch (WrongUse | InterruptedException | ExecutionException | RuntimeException | OutOfMemoryError e) {
            return Failure.tell(e, messages);
        }
    }

    private static boolean isConfiguredBy(Map<String, String> environment) {
        for (String name : environment.keySet()) {
            if (name.startsWith(EnvironmentDefaults.PREFIX)) {
                return true;
            }
        }
        return false;
    }
}
