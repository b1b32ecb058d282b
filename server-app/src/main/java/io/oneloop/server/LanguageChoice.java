package io.oneloop.server;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Unmatched;

/** Finds the language first, since even the complaint about another option is told in it. */
@Command
final class LanguageChoice {

    @Option(names = "--lang")
    private Language language;

    @Unmatched
    private List<String> others;

    private LanguageChoice() {}

    static Language of(String[] args, EnvironmentDefaults environment) {
        LanguageChoice choice = new LanguageChoice();
        CommandLine command = new CommandLine(choice)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setDefaultValueProvider(environment);
        OptionValues.register(command);
        try {
            command.parseArgs(args);
        } catch (ParameterException e) {
            // Told when all options are read.
        }
        Locale ofMachine = Locale.getDefault(Locale.Category.DISPLAY);
        return choice.language == null ? Language.of(ofMachine) : choice.language;
    }
}
