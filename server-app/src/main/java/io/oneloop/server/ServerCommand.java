package io.oneloop.server;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Reads the command line, and has served what it says. */
final class ServerCommand implements Callable<Integer>, IExecutionStrategy, IExecutionExceptionHandler {

    private final ServerOptions options = new ServerOptions();
    private final LimitOptions limits = new LimitOptions();
    private final OptionSpec verbose = OptionValues.flag("-v", "--verbose");
    /** In the language that the command line asks for, so there are none until that is read. */
    private Messages messages;

    private ServerCommand() {}

    /** {@return the exit code of the process} */
    static int run(String[] args, Map<String, String> environment) {
        // Of the conversions to types of the JDK none is used, and preparing them loads java.sql and java.time.
        System.setProperty("picocli.converters.excludes", "java.*");
        EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
        ServerCommand server = new ServerCommand();
        CommandLine command = new CommandLine(server.spec())
                .setDefaultValueProvider(defaults)
                .setExpandAtFiles(false)
                // A reply from the environment may look like a variable, and is none.
                .setInterpolateVariables(false)
                .setParameterExceptionHandler(new Misread(defaults))
                .setExecutionStrategy(server)
                .setExecutionExceptionHandler(server);
        return command.execute(args);
    }

    /** Without lambdas: for one that has to do with a class of Java 5, such as picocli's, the archive leaves that class out. */
    private CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this).name("server-app.jar").versionProvider(new Version());
        spec.usageMessage().sortOptions(false);
        for (OptionSpec option : options.all()) {
            spec.addOption(option);
        }
        for (OptionSpec option : limits.all()) {
            spec.addOption(option);
        }
        return spec.addOption(verbose)
                .addOption(OptionValues.flagBuilder("-V", "--version")
                        .versionHelp(true)
                        .build())
                .addOption(
                        OptionValues.flagBuilder("-h", "--help").usageHelp(true).build());
    }

    @Override
    public int execute(ParseResult parsed) {
        messages = Messages.in(options.language());
        if (parsed.isUsageHelpRequested()) {
            // Its own writer would not have the encoding of System.out, and so no Chinese in the C locale.
            parsed.commandSpec()
                    .commandLine()
                    .setOut(new PrintWriter(new StandardOutput()))
                    .setResourceBundle(messages.bundle());
        }
        return new RunLast().execute(parsed);
    }

    @Override
    public Integer call() throws WrongUse, InterruptedException, ExecutionException {
        try {
            return Service.run(options.settings(limits, messages), messages, verbose.getValue());
        } catch (OutOfMemoryError e) {
            // An Error gets past picocli, and here is who knows the language.
            return Failure.tell(e, messages);
        }
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        return Failure.tell(error, messages);
    }

    /** Looks for the language once more: it may stand behind what could not be read. */
    private record Misread(EnvironmentDefaults environment) implements IParameterExceptionHandler {
        @Override
        public int handleParseException(ParameterException error, String[] args) {
            Messages messages = Messages.in(LanguageChoice.of(args, environment));
            return new UsageErrors(messages, environment).handleParseException(error, args);
        }
    }
}
