package io.oneloop.client;

import io.oneloop.client.load.WrongValue;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    private final Language language;
    private final Messages messages;
    private final PrintStream err;

    WrongUse(Language language, PrintStream err) {
        this.language = language;
        messages = Messages.in(language);
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
            return badValue(error, expected(error.getArgSpec(), wrong));
        }
        if (error.getCause() instanceof WrongValue wrong) {
            return badValue(error, wrong.in(language));
        }
        return ended(error.getMessage());
    }

    private String unmatched(UnmatchedArgumentException error) {
        List<String> words = error.getUnmatched();
        boolean takesBothInOne = error.getCommandLine().getCommandName().equals("load");
        if (takesBothInOne && words.size() == 1 && PORT.matcher(words.get(0)).matches()) {
            return messages.get("use.portApart", words.get(0), words.get(0));
        }
        String unknown = messages.get("use.unknown", String.join(" ", words));
        List<String> suggestions = error.getSuggestions();
        return suggestions.isEmpty() ? unknown : unknown + " " + messages.get("use.suggest", suggestions.get(0));
    }

    private String missing(ArgSpec missing) {
        return missing.isOption()
                ? messages.get("use.missingValue", name(missing), missing.paramLabel())
                : messages.get("use.missing", missing.paramLabel());
    }

    private String badValue(ParameterException error, String expected) {
        return ended(messages.get("use.badValue", name(error.getArgSpec()), error.getValue(), expected));
    }

    /** Of a converter of ours, the message of {@code wrong} is the key of a sentence. */
    private String expected(ArgSpec argument, TypeConversionException wrong) {
        Class<?> type = argument.type();
        if (type.isEnum()) {
            return messages.get("value.choice", argument.paramLabel());
        }
        if (type == boolean.class) {
            return messages.get("value.none");
        }
        if (type == Path.class) {
            return messages.get("value.path");
        }
        return messages.get(NUMBERS.contains(type) ? "value.number" : wrong.getMessage());
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

    private String ended(String message) {
        return message.matches("(?s).*[.!?。？！]") ? message : messages.get("use.sentence", message);
    }
}
