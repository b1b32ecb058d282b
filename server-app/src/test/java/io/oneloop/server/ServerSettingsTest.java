package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.Reply;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ServerSettingsTest {

    private final ServerOptions options = new ServerOptions();
    private final LimitOptions limits = new LimitOptions();

    @Test
    void servesTheSameWithoutACommandLineAsWithAnEmptyOne() throws WrongUse {
        CommandSpec spec = CommandSpec.create();
        options.all().forEach(spec::addOption);
        limits.all().forEach(spec::addOption);
        new CommandLine(spec).parseArgs();

        ServerSettings parsed = options.settings(limits, Messages.in(Language.EN));

        ServerSettings defaults = ServerSettings.defaults();
        assertEquals(parsed.reply().bytes(), defaults.reply().bytes());
        assertEquals(with(defaults.reply(), parsed), defaults);
    }

    /** Replies are not compared by what they say. */
    private static ServerSettings with(Reply reply, ServerSettings settings) {
        return new ServerSettings(
                settings.tcp(),
                settings.udp(),
                settings.mode(),
                reply,
                settings.per(),
                settings.readChunkBytes(),
                settings.log(),
                settings.drain(),
                settings.limits());
    }
}
