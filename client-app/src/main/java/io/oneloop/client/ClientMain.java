package io.oneloop.client;

import io.oneloop.client.load.CompareCommand;
import io.oneloop.client.load.DoctorCommand;
import io.oneloop.client.load.LoadCommand;
import io.oneloop.client.load.ReportCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the clients. */
@Command(
        name = "client",
        description = "Clients for TCP and UDP.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            TcpCommand.class,
            UdpCommand.class,
            LoadCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            DoctorCommand.class
        })
public final class ClientMain implements Runnable {

    private final StandardStreams streams;

    @Spec
    private CommandSpec spec;

    private Language language;

    private ClientMain(StandardStreams streams, Language language) {
        this.streams = streams;
        this.language = language;
    }

    @Option(
            names = "--lang",
            paramLabel = "zh|en",
            scope = ScopeType.INHERIT,
            description = "Language of what is said, Chinese or English (default: the locale's).")
    void setLanguage(Language language) {
        this.language = language;
    }

    /** {@return the sentences in the language that was asked for} */
    public Messages messages() {
        return Messages.in(language);
    }

    /** {@return the language that was asked for} */
    public Language language() {
        return language;
    }

    /** {@return what to read from and to write to} */
    public StandardStreams streams() {
        return streams;
    }

    /** Says what there is to say about the end of a command. {@return its exit code} */
    int report(Outcome outcome) {
        if (outcome.sentence() != null) {
            streams.err().println(outcome.sentence());
        }
        return outcome.exitCode();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), messages().get("use.noCommand"));
    }

    /** {@return the command line, ready to execute} */
    static CommandLine commandLine(StandardStreams streams, Language language) {
        ClientMain client = new ClientMain(streams, language);
        return new CommandLine(client)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A message may start with @, and names no file.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(new OutputStreamWriter(streams.out(), streams.charset()), true))
                .setErr(new PrintWriter(new OutputStreamWriter(streams.err(), streams.charset()), true))
                .setResourceBundle(client.messages().bundle())
                .setParameterExceptionHandler(new WrongUse(language, streams.err()))
                .setExecutionExceptionHandler((error, command, arguments) -> client.report(explain(client, error)));
    }

    private static Outcome explain(ClientMain client, Exception error) {
        return error instanceof CommandFailure failure
                ? failure.outcome()
                : Outcome.failure(client.messages().get("fail.internal", error));
    }

    /** Runs the clients and ends the process. */
    public static void main(String[] args) {
        StandardStreams streams = StandardStreams.ofProcess();
        Language language = Language.chosen(args);
        // On whichever thread, the loop's included: a bug ends the process, with a sentence and no stack trace.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            streams.err().println(Messages.in(language).get("fail.internal", error));
            Runtime.getRuntime().halt(ExitCode.NETWORK_FAILURE);
        });
        System.exit(commandLine(streams, language).execute(args));
    }
}
