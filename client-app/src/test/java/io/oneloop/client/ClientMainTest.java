package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ClientMainTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StringWriter help = new StringWriter();

    private int run(String... arguments) {
        StandardStreams streams = new StandardStreams(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                StandardCharsets.UTF_8);
        CommandLine commandLine = ClientMain.commandLine(streams, Language.chosen(arguments));
        commandLine.setOut(new PrintWriter(help, true));
        return commandLine.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lang en                        | Say what to do: ",
                "--lang en tcp --mesage x         | Unknown: --mesage. Did you mean --message? See client tcp --help.",
                "--lang en tcp 127.0.0.1 65536    | 65536 is not a port: ports are 1 to 65535.",
                "--lang en udp 127.0.0.1 80x -m x | 80x is not a port: ports are 1 to 65535.",
                "--lang en tcp h 1 -w 5           | Invalid value for option '--connect-timeout': '5' is not a duration",
                "--lang en tcp h 1 -4 -6          | -4, -6 are mutually exclusive",
                "--lang en tcp                    | The input ended before the question was answered.",
                "--lang zh tcp --mesage x         | 无法识别：--mesage。 是不是想输入 --message？",
                "--lang fr tcp                    | Invalid value for option '--lang'",
            })
    void tellsOfWrongUseInOneSentence(String arguments, String says) {
        assertEquals(ExitCode.WRONG_USE, run(arguments.split(" +")));
        String told = err.toString(StandardCharsets.UTF_8);
        assertTrue(told.startsWith(says), told);
        assertEquals(1, told.lines().count(), told);
    }

    @ParameterizedTest
    @CsvSource({"tcp,10s", "udp,2s"})
    void printsEveryOptionWithItsDefault(String command, String standard) {
        assertEquals(0, run(command, "--help", "--lang", "en"));
        String printed = help.toString();
        for (String option :
                new String[] {"-m", "-w", "-i", "-N", "-C", "-x", "-4", "-6", "-v", "--lang", "--version"}) {
            assertTrue(printed.contains(option), option);
        }
        assertTrue(printed.contains(standard), printed);
    }

    @Test
    void printsTheVersion() {
        assertEquals(0, run("--version"));
        assertTrue(
                help.toString().matches("(?s)oneloop client \\d+\\.\\d+\\.\\d+( \\([0-9a-f]{10}\\))?\\s+"), help + "");
    }

    @ParameterizedTest
    @CsvSource({"tcp", "udp"})
    void explainsEveryOptionInChineseToo(String command) {
        assertEquals(0, run(command, "--help", "--lang", "zh"));
        String[] entries = help.toString().split("\n(?=  +-)");
        assertTrue(entries.length > 10, help + "");
        for (String entry : entries) {
            assertTrue(entry.codePoints().anyMatch(Character::isIdeographic), entry);
        }
    }
}
