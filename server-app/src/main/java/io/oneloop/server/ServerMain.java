package io.oneloop.server;

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
            exitCode = ServerCommand.run(args, System.getenv());
        } catch (Error e) {
            // Out of memory, most likely: a sentence helps more than a stack trace.
            System.err.println("oneloop: " + e);
        }
        System.exit(exitCode);
    }
}
