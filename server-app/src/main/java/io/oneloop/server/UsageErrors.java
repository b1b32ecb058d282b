package io.oneloop.server;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with the command line, in the language of the person who wrote it. */
final class UsageErrors implements IParameterExceptionHandler {

    private final Messages messages;
    private final EnvironmentDefaults environment;

    UsageErrors(Messages messages, EnvironmentDefaults environment) {
        this.messages = messages;
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        System.err.println("oneloop: " + sentence(error, Arrays.asList(args)));
        return ExitCode.WRONG_USE;
    }

    private String sentence(ParameterException error, List<String> args) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (error instanceof MissingParameterException missing) {
            ArgSpec option = missing.getMissing().get(0);
            return messages.get("use.missingValue", name(option), option.paramLabel());
        }
        if (error instanceof OverwrittenOptionException twice) {
            return messages.get("use.twice", name(twice.getOverwritten()));
        }
        if (error.getCause() instanceof TypeConversionException wrong) {
            ArgSpec option = error.getArgSpec();
            String expected = messages.get(wrong.getMessage(), option.paramLabel());
            return messages.get("use.badValue", origin(option, args), error.getValue(), expected);
        }
        return error.getMessage();
    }

    private String unmatched(UnmatchedArgumentException error) {
        String argument = error.getUnmatched().get(0);
        List<String> suggestions = error.getSuggestions();
        return suggestions.isEmpty()
                ? messages.get("use.unknown", argument)
                : messages.get("use.unknownButSimilar", argument, suggestions.get(0));
    }

    /** The option, or the variable of the environment if the value comes from there. */
    private String origin(ArgSpec option, List<String> args) {
        String name = name(option);
        boolean given = args.stream().anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "="));
        return !given && environment.of(option) != null ? EnvironmentDefaults.variable(option) : name;
    }

    private static String name(ArgSpec option) {
        return ((OptionSpec) option).longestName();
    }
}
