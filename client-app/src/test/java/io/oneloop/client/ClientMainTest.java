package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

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
                "--lang en tcp h 1 -w 5           | --connect-timeout 5: a time is a number and its unit, as in 500ms, 5s",
                "--lang en tcp h 1 -w 9999999h    | --connect-timeout 9999999h: a time is at most a year. See",
                "--lang en tcp h 1 -m             | --message needs a value: TEXT. See client tcp --help.",
                "--lang en tcp h 1 -m a -m b      | --message is given more than once. See client tcp --help.",
                "--lang en tcp h 1 -4 -6          | -4, -6 exclude each other: leave out one of them. See client tcp",
                "--lang en load                   | TARGET is missing. See client load --help.",
                "--lang en load h:1 -t x          | --threads x: must be a whole number. See client load --help.",
                "--lang en load h:1 --on-error x  | --on-error x: must be one of continue|reconnect|stop. See client",
                "--lang en load h:1 -d x          | --duration x: ",
                "--lang en load h:1 -m @pom.xml -t x | --threads x: must be a whole number.",
                "--lang en tcp                    | The input ended before the question was answered.",
                "--lang en load localhost 7890    | 7890: the host and its port are one word here: write HOST:7890. See client load",
                "--lang en load localhost:1 7890x | Unknown: 7890x.",
                "--lang en doctor localhost 1 7890 | Unknown: 7890.",
                "--lang en tcp localhost:1        | localhost:1: the host and its port are two words here: write localhost 1.",
                "--lang en load no.invalid:1      | no.invalid: unknown host. Check the spelling and the name service,",
                "--lang en doctor no.invalid 1    | no.invalid: unknown host. Check the spelling and the name service,",
                "--lang zh tcp --mesage x         | 无法识别：--mesage。 是不是想输入 --message？",
                "--lang zh tcp h 1 -w 5           | --connect-timeout 5：时间是一个数加单位，例如 500ms、5s、2m 或 1h。 请看 client tcp --help。",
                "--lang zh tcp h 1 -m             | --message 需要一个值：TEXT。 请看 client tcp --help。",
                "--lang zh tcp h 1 -4 -6          | -4, -6 互相排斥：请去掉其中一个。 请看 client tcp --help。",
                "--lang zh load                   | 缺少 TARGET。 请看 client load --help。",
                "--lang fr tcp                    | --lang fr: must be one of zh|en. See client",
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

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "load", "report", "compare", "doctor"})
    void helpEndsWithTheExitStatus(String command) {
        assertEquals(0, run(command, "--help", "--lang", "en"));
        assertTrue(help.toString().contains("\nExit status: 0 "), help + "");
        assertEquals(0, run(command, "--help", "--lang", "zh"));
        assertTrue(help.toString().contains("\n退出码：0 "), help + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void helpBreaksNoThreshold(String language) {
        assertEquals(0, run("load", "--help", "--lang", language));
        for (String threshold : new String[] {"'p99<5ms'", "'errors<0.1%'", "'rate>40k'"}) {
            assertTrue(help.toString().contains(threshold), help + "");
        }
    }

    @Test
    void printsTheVersion() {
        assertEquals(0, run("--version"));
        assertTrue(
                help.toString().matches("(?s)oneloop client \\d+\\.\\d+\\.\\d+( \\([0-9a-f]{10}\\))?\\s+"), help + "");
    }

    @Test
    void doesNotExplainOptionsOfOtherCommandsByTheSameName() {
        assertEquals(0, run("load", "--help", "--lang", "zh"));
        assertFalse(help.toString().contains("不加行尾"), help + "");
        assertFalse(help.toString().contains("对 udp 没有作用"), help + "");
        assertFalse(help.toString().contains("什么都不问"), help + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "load", "report", "compare", "doctor"})
    void explainsEverythingInChineseToo(String command) {
        assertEquals(0, run(command, "--help", "--lang", "zh"));
        String[] entries = help.toString().split("\n(?=  +(-|[A-Z]))");
        assertTrue(entries.length > 4, help + "");
        for (String entry : entries) {
            assertTrue(entry.codePoints().anyMatch(Character::isIdeographic), entry);
        }
        Matcher english = Pattern.compile("[A-Za-z]{2,}( +[a-z]{2,}){2,}").matcher(help.toString());
        assertFalse(english.find(), () -> english.group());
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "report", "compare", "doctor"})
    void hasAChineseTextOfItsOwnForEveryArgument(String command) {
        CommandSpec spec = ClientMain.commandLine(StandardStreams.ofProcess(), Language.ZH)
                .getSubcommands()
                .get(command)
                .getCommandSpec();
        Set<String> keys = Messages.in(Language.ZH).bundle().keySet();
        for (ArgSpec argument : spec.args()) {
            boolean everyCommands = argument instanceof OptionSpec o && (o.usageHelp() || o.versionHelp());
            if (!argument.inherited() && !everyCommands) {
                String key = argument instanceof OptionSpec option
                        ? option.longestName().replaceFirst("^-+", "")
                        : argument.paramLabel() + "[" + ((PositionalParamSpec) argument).index() + "]";
                assertTrue(keys.contains("client." + command + "." + key), key);
            }
        }
    }
}
