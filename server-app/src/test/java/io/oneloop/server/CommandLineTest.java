package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** The command line from outside: what is printed, and the exit code. */
class CommandLineTest {

    private static final List<String> OPTIONS = List.of(
            "--host",
            "--tcp-port",
            "--udp-port",
            "--no-tcp",
            "--no-udp",
            "--mode",
            "--reply",
            "--reply-file",
            "--per",
            "--read-chunk",
            "--drain",
            "--max-connections",
            "--max-per-ip",
            "--idle-timeout",
            "--write-timeout",
            "--allow",
            "--deny",
            "--udp-rate",
            "--udp-answer-any",
            "--udp-receive-buffer",
            "--log",
            "--lang",
            "--verbose",
            "--version",
            "--help");

    private static final Pattern OPTION_START = Pattern.compile("(?m)^ {2,6}(-\\w, )?(?=--)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void helpHasEveryOptionWithItsDefaultAndUnit(String language) {
        CommandOutcome outcome = run(Map.of(), "--help", "--lang", language);

        assertEquals(0, outcome.exitCode());
        assertEquals("", outcome.err());
        Map<String, String> paragraphs = paragraphs(outcome.out());
        assertEquals(Set.copyOf(OPTIONS), paragraphs.keySet());
        boolean english = language.equals("en");
        String defaultIs = english ? "Default:" : "默认：";
        OPTIONS.stream()
                .filter(option -> !option.equals("--version") && !option.equals("--help"))
                .forEach(option -> assertTrue(paragraphs.get(option).contains(defaultIs), option));
        for (OptionSpec option : optionsWithDefaults()) {
            String text = paragraphs.get(option.longestName());
            String value = option.defaultValue() == null ? "" : option.defaultValue();
            assertTrue(text.contains(defaultIs + value), text);
            String unit =
                    switch (option.paramLabel()) {
                        case "TIME" -> english ? "inms,sorm" : "单位ms、s或m";
                        case "BYTES" -> english ? "bytes" : "字节";
                        default -> "";
                    };
            assertTrue(text.contains(unit), text);
        }
        assertTrue(paragraphs.get("--reply").contains(ServerSettings.DEFAULT_REPLY), outcome.out());
        assertTrue(outcome.out().contains("ONELOOP_TCP_PORT"), outcome.out());
    }

    /** What the help says of each option, without white space: a default may be broken across lines. */
    private static Map<String, String> paragraphs(String help) {
        String options = help.substring(help.indexOf("\n  "), help.lastIndexOf("\n\n"));
        return OPTION_START
                .splitAsStream(options)
                .filter(paragraph -> !paragraph.isBlank())
                .collect(Collectors.toMap(
                        paragraph -> paragraph.split("[=\\s]", 2)[0], paragraph -> paragraph.replaceAll("\\s+", "")));
    }

    private static List<OptionSpec> optionsWithDefaults() {
        return Stream.of(new ServerOptions().all(), new LimitOptions().all())
                .flatMap(List::stream)
                .toList();
    }

    /** As people write it, and not the expression that it is split by. */
    @Test
    void helpShowsHowAListIsWritten() {
        String help = run(Map.of(), "--help").out();

        assertTrue(help.contains("--allow=CIDR[,CIDR...]"), help);
        assertTrue(help.contains("--deny=CIDR[,CIDR...]"), help);
    }

    @Test
    void helpFitsATerminal() {
        assertTrue(run(Map.of(), "--help").out().lines().allMatch(line -> line.length() <= 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void helpBreaksNothingThatOneWouldCopy(String language) {
        String help = run(Map.of(), "--help", "--lang", language).out();

        for (String word : List.of("10.0.0.0/8", "2001:db8::/32", "net.core.rmem_max", "ONELOOP_NO_UDP=true")) {
            assertTrue(help.contains(word), word + " in " + help);
        }
    }

    @ParameterizedTest
    @CsvSource({"en, or a port cannot be had", "zh, 或端口拿不到"})
    void helpSaysWhichExitCodeAPortInUseHas(String language, String words) {
        String help = run(Map.of(), "--help", "--lang", language).out();

        assertTrue(help.lines().anyMatch(line -> line.contains("2") && line.contains(words)), help);
    }

    @Test
    void printsVersionAndCommit() {
        CommandOutcome outcome = run(Map.of(), "--version");

        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.out().matches("oneloop server \\d+\\.\\d+\\.\\d+( \\([0-9a-f]{10}\\))?\\R"), outcome.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '"',
            value = {
                "--tcp-prot 80 => --tcp-prot is no option; did you mean --tcp-port?",
                "--xyzzy => --xyzzy is no option; --help lists them",
                "--help=1 => --help 1: must be true or false",
                "--version=x => --version x: must be true or false",
                "7890 => 7890 is no option; --help lists them",
                "--tcp-port => --tcp-port needs a value: PORT",
                "--tcp-port 1 --tcp-port 2 => --tcp-port is given more than once",
                "--tcp-port 65536 => --tcp-port 65536: a port is a number from 0 to 65535",
                "--udp-port=-1 => --udp-port -1: a port is a number from 0 to 65535",
                "--udp-port http => --udp-port http: a port is a number from 0 to 65535",
                "--read-chunk 0 => --read-chunk 0: must be a number of bytes from 1 to 65536",
                "--mode shout => --mode shout: must be one of reply|echo|discard",
                "--per word => --per word: must be one of read|line",
                "--log loud => --log loud: must be one of all|summary|off",
                "--lang fr => --lang fr: must be one of zh|en",
                "--drain 5 => --drain 5: a time is a number with ms, s or m, up to 60m, such as 5s",
                "--drain 61m => --drain 61m: a time is a number with ms, s or m, up to 60m, such as 5s",
                "--max-connections 0 => --max-connections 0: must be a number from 1 to 2147483647",
                "--max-per-ip -1 => --max-per-ip -1: must be a number from 0 (no limit) to 2147483647",
                "--udp-rate x => --udp-rate x: must be a number of datagrams a second from 0 (no limit) to 1000000000",
                "--udp-receive-buffer 0 => --udp-receive-buffer 0: must be a number of bytes from 1 to 1073741824",
                "--allow ::1,h => --allow h: must be an address or a block of addresses such as 10.0.0.0/8 or 2001:db8::/32",
                "--deny ::/129 => --deny ::/129: must be an address or a block of addresses such as 10.0.0.0/8 or 2001:db8::/32",
                "--idle-timeout 61m => --idle-timeout 61m: a time is a number with ms, s or m, up to 60m, such as 5s",
                "--write-timeout 5 => --write-timeout 5: a time is a number with ms, s or m, up to 60m, such as 5s",
                "--no-tcp=1 => --no-tcp 1: must be true or false",
                "--no-tcp --no-udp => --no-tcp and --no-udp together leave nothing to serve; leave out one of them",
                "--host= --reply= => --host : no such address or name; leave it out to bind all addresses",
                "--reply= => --reply: the reply is empty; use --mode discard to reply nothing",
                "--reply a --reply-file b => --reply and --reply-file contradict each other; leave out one of them",
                "--reply \\q => --reply: \\q is no escape; there are \\n \\r \\t \\\\ and \\xhh with two hexadecimal digits",
                "--reply a\ufffdb => --reply has characters that this locale does not have; set LC_ALL=C.UTF-8, write them as \\xhh, or use --reply-file",
                "--reply-file no/such => --reply-file no/such: cannot be read: no such file",
                "--reply-file . => --reply-file .: cannot be read: Is a directory",
            })
    void tellsWrongUseInOneSentence(String arguments, String sentence) {
        CommandOutcome outcome =
                run(Map.of("ONELOOP_LANG", arguments.contains("--lang") ? "" : "en"), arguments.split(" "));

        assertEquals("oneloop: " + sentence + "\n", outcome.err());
        assertEquals("", outcome.out());
        assertEquals(2, outcome.exitCode());
    }

    @Test
    void complainsInTheLanguageThatIsAskedFor() {
        assertEquals(
                "oneloop: 没有 --tcp-prot 这个选项；是不是 --tcp-port？\n",
                run(Map.of(), "--tcp-prot", "80", "--lang", "zh").err());
        assertEquals(
                "oneloop: --tcp-port x：端口是 0 到 65535 之间的数\n",
                run(Map.of("ONELOOP_LANG", "zh"), "--tcp-port", "x").err());
    }

    @Test
    void doesNotTakeAListOfNobodyForEveryone() {
        String expected = ": must be an address or a block of addresses such as 10.0.0.0/8 or 2001:db8::/32\n";
        assertEquals(
                "oneloop: --allow ," + expected,
                run(Map.of(), "--lang=en", "--allow", ",", "--reply=").err());
        assertEquals(
                "oneloop: ONELOOP_ALLOW ,," + expected,
                run(Map.of("ONELOOP_ALLOW", ",,"), "--lang=en", "--reply=").err());
        assertEquals(
                "oneloop: --reply: the reply is empty; use --mode discard to reply nothing\n",
                run(Map.of(), "--lang=en", "--allow", "10.0.0.0/8,::1,", "--reply=")
                        .err());
    }

    @Test
    void refusesAnEmptyReplyFile() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertEquals(
                "oneloop: --reply-file: the reply is empty; use --mode discard to reply nothing\n",
                run(Map.of(), "--reply-file", empty.toString()).err());
    }

    @Test
    void refusesAReplyThatNoDatagramCarries() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[65_508]);

        assertEquals(
                "oneloop: --reply-file: the reply has 65508 bytes, but a datagram carries at most 65507; shorten it or add --no-udp\n",
                run(Map.of(), "--reply-file", large.toString()).err());
    }

    @ParameterizedTest
    @CsvSource({"echo, ONELOOP_REPLY_FILE, no/such", "discard, ONELOOP_REPLY, ''", "echo, ONELOOP_REPLY, \\q"})
    void aReplyThatNobodyGetsIsNotLookedAt(String mode, String variable, String value) throws IOException {
        try (ServerSocket taken = takenPort()) {
            String port = String.valueOf(taken.getLocalPort());

            CommandOutcome outcome =
                    run(Map.of(variable, value), "--mode", mode, "--host", "127.0.0.1", "--tcp-port", port, "--no-udp");

            assertTrue(outcome.err().startsWith("oneloop: tcp port " + port + " is in use; "), outcome.err());
        }
    }

    private static ServerSocket takenPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void namesAPortThatIsInUseAndLeavesNothingOpen() throws IOException {
        try (ServerSocket taken = takenPort()) {
            String port = String.valueOf(taken.getLocalPort());

            CommandOutcome outcome = run(Map.of(), "--host", "127.0.0.1", "--tcp-port", port, "--udp-port", port);

            assertEquals(2, outcome.exitCode());
            assertTrue(outcome.err().startsWith("oneloop: tcp port " + port + " is in use; "), outcome.err());
            assertTrue(outcome.err().contains("--tcp-port"), outcome.err());
            assertEquals(1, outcome.err().lines().count());
            CommandOutcome again = run(Map.of(), "--host", "127.0.0.1", "--tcp-port", port, "--udp-port", port);
            assertEquals(outcome.err(), again.err(), "the UDP port is still bound");
        }
    }

    private static CommandOutcome run(Map<String, String> environment, String... args) {
        return CommandOutcome.of(environment, args);
    }
}
