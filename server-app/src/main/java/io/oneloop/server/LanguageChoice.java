package io.oneloop.server;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Finds the language, be there something wrong with another option: even the complaint about that is told in it. */
final class LanguageChoice {

    private LanguageChoice() {}

    static OptionSpec option() {
        return OptionValues.option("--lang", "zh|en", new OptionValues.Choice<>(Language.class))
                .build();
    }

    static Language of(String[] args, EnvironmentDefaults environment) {
        OptionSpec option = option();
        CommandLine command = new CommandLine(CommandSpec.create().addOption(option))
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setUnmatchedArgumentsAllowed(true)
                .setDefaultValueProvider(environment);
        try {
            command.parseArgs(args);
        } catch (ParameterException e) {
            // Told when all options are read.
        }
        return of(option);
    }

    /** {@return what the option asks for, else the language of the machine} */
    static Language of(OptionSpec option) {
        Language asked = option.getValue();
        return asked == null ? Language.ofThisMachine() : asked;
    }
}
