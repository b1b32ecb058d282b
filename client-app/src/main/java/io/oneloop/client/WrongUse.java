package io.oneloop.client;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of a command line that makes no sense in one sentence, with what was meant where that can be guessed. */
final class WrongUse implements IParameterExceptionHandler {

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
            String unknown = messages.get("use.unknown", String.join(" ", unmatched.getUnmatched()));
            List<String> suggestions = unmatched.getSuggestions();
            return suggestions.isEmpty() ? unknown : unknown + " " + messages.get("use.suggest", suggestions.get(0));
        }
        String message = error.getMessage().strip().replaceFirst("^Error: ", "");
        return message.matches("(?s).*[.!?。？！]") ? message : message + ".";
    }
}
