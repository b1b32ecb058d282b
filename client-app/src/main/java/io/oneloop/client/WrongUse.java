package io.oneloop.client;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of a command line that makes no sense in one sentence, with what was meant where that can be guessed. */
final class WrongUse implements IParameterExceptionHandler {

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    private final Messages messages;
    private final PrintStream err;

    WrongUse(Messages messages, PrintStream err) {
        this.messages = messages;
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        err.println(sentence(error) + " " + messages.get("use.help", help));
        return ExitCode.WRONG_USE;
    }

    private String sentence(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (error instanceof MissingParameterException missing) {
            return missing(missing.getMissing().get(0));
        }
        if (error instanceof OverwrittenOptionException twice) {
            return messages.get("use.twice", name(twice.getOverwritten()));
        }
        if (error instanceof MutuallyExclusiveArgsException) {
            return messages.get("use.exclusive", exclusiveOptions(error.getCommandLine()));
        }
        if (error.getCause() instanceof TypeConversionException wrong) {
            return badValue(error, wrong);
        }
        return ended(error.getMessage());
    }

    private String unmatched(UnmatchedArgumentException error) {
        String unknown = messages.get("use.unknown", String.join(" ", error.getUnmatched()));
        List<String> suggestions = error.getSuggestions();
        return suggestions.isEmpty() ? unknown : unknown + " " + messages.get("use.suggest", suggestions.get(0));
    }

    private String missing(ArgSpec missing) {
        return missing.isOption()
                ? messages.get("use.missingValue", name(missing), missing.paramLabel())
                : messages.get("use.missing", missing.paramLabel());
    }

    /** The message of {@code wrong} is the key of a sentence, or a text where a converter has its own. */
    private String badValue(ParameterException error, TypeConversionException wrong) {
        ArgSpec argument = error.getArgSpec();
        Class<?> type = argument.type();
        String key = type.isEnum() ? "value.choice" : NUMBERS.contains(type) ? "value.number" : wrong.getMessage();
        String expected = messages.has(key) ? messages.get(key, argument.paramLabel()) : wrong.getMessage();
        return ended(messages.get("use.badValue", name(argument), error.getValue(), expected));
    }

    private static String exclusiveOptions(CommandLine command) {
        return command.getCommandSpec().argGroups().stream()
                .filter(ArgGroupSpec::exclusive)
                .flatMap(group -> group.options().stream())
                .map(WrongUse::name)
                .collect(Collectors.joining(", "));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String ended(String message) {
        return message.matches("(?s).*[.!?。？！]") ? message : message + ".";
    }
}
