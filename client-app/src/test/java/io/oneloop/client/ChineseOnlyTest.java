package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code --lang zh} no wrong use is answered in English, not even in half of a sentence. */
class ChineseOnlyTest {

    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,}[ ,:;']+[A-Za-z]{2,}");

    /** What is wrong with a target or its options; the key of the sentence that says so. */
    private static final String WRONG_VALUES = """
            nonsense                                | wrong.target
            h:0                                     | wrong.port
            127.0.0.1:1 -c 0                        | wrong.connections
            127.0.0.1:1 -t 0                        | wrong.threads
            127.0.0.1:1 --pipeline 0                | wrong.pipeline
            127.0.0.1:1 -n 0                        | wrong.requests
            127.0.0.1:1 -d 0                        | wrong.duration
            127.0.0.1:1 -d 48h                      | wrong.durationTooLong
            127.0.0.1:1 --connect-rate 0            | wrong.connectRate
            127.0.0.1:1 --timeout 0                 | wrong.timeout
            127.0.0.1:1 --connect-timeout 9999h     | wrong.timeout
            127.0.0.1:1 --think 48h                 | wrong.span
            127.0.0.1:1 -c 1.5                      | wrong.notWhole
            127.0.0.1:1 --source ::1                | wrong.sourceFamily
            127.0.0.1:1 --think x                   | wrong.time
            127.0.0.1:1 --conn-lifetime 5d          | wrong.unit
            127.0.0.1:1 --requests-per-conn x       | wrong.number
            127.0.0.1:1 -R 5x                       | wrong.suffix
            127.0.0.1:1 -R 9000M                    | wrong.rate
            127.0.0.1:1 -R 0                        | wrong.rateOfZero
            127.0.0.1:1 -R 5 --stages 5s@5          | wrong.rateAndStages
            127.0.0.1:1 --stages 5s@0               | wrong.noRate
            127.0.0.1:1 --stages 5s                 | wrong.stage
            127.0.0.1:1 --stages 0s@5               | wrong.stageLength
            127.0.0.1:1 --stages 5s@5 -d 5s         | wrong.stagesAndDuration
            127.0.0.1:1 -R 5 --think 1s             | wrong.thinkInOpenModel
            127.0.0.1:1 -m x -f /dev/null           | wrong.messageAndFile
            127.0.0.1:1 -m \\q                      | wrong.escape
            127.0.0.1:1 -f /dev/null                | wrong.emptyRequest
            127.0.0.1:1 --size x                    | wrong.size
            127.0.0.1:1 --size 5..4                 | wrong.sizes
            127.0.0.1:1 --size 99999 --pipeline 999 | wrong.batchTooLong
            udp://127.0.0.1:1 --size 65508          | wrong.datagramTooLong
            127.0.0.1:1 --expect x --reply-bytes 1  | wrong.expectAndReplyBytes
            127.0.0.1:1 --expect=                   | wrong.emptyReply
            127.0.0.1:1 --reply-bytes 0             | wrong.replyBytes
            127.0.0.1:1 --source nowhere            | wrong.source
            127.0.0.1:1 --source 300.1.1.1          | wrong.source
            127.0.0.1:1 --source 127.0.0.1/33       | wrong.prefix
            udp://127.0.0.1:1 --requests-per-conn 5 | wrong.renewOverUdp
            127.0.0.1:1 --sequence                  | wrong.sequenceOverTcp
            udp://127.0.0.1:1 --sequence -m {n}     | wrong.sequenceTooSmall
            udp://127.0.0.1:1 --sequence --expect x | wrong.sequenceAndExpect
            127.0.0.1:1 --threshold p99=5ms         | wrong.threshold
            127.0.0.1:1 --threshold p99<5%          | wrong.percent
            127.0.0.1:1 --threshold p99<5           | wrong.unitless
            """;

    private static Stream<String[]> wrongValues() {
        return WRONG_VALUES.lines().map(line -> line.split(" +\\| "));
    }

    private static String told(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StandardStreams streams = new StandardStreams(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                StandardCharsets.UTF_8);
        assertEquals(
                ExitCode.WRONG_USE, ClientMain.commandLine(streams, Language.ZH).execute(arguments));
        return err.toString(StandardCharsets.UTF_8);
    }

    private static void assertChinese(String told, String... arguments) {
        // Commands, and what the user has typed, are no sentences.
        String words = told.replaceAll("client \\w+ --help|'load [^']+'", "");
        for (String argument : arguments) {
            words = words.replace(argument, "");
        }
        assertFalse(ENGLISH.matcher(words).find(), told);
        assertTrue(words.codePoints().anyMatch(Character::isIdeographic), told);
        assertEquals(1, told.lines().count(), told);
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void saysWhatIsWrongWithAValue(String arguments, String key) {
        String[] load = ("load --lang zh " + arguments).split(" ");
        String told = told(load);
        String sentence = Arrays.stream(Messages.ofLoad(Language.ZH).get(key).split("%s"))
                .map(part -> Pattern.quote(part.replace("%%", "%")))
                .collect(Collectors.joining(".*", ".*", ".*"));
        assertTrue(told.strip().matches("(?s)" + sentence), key + ": " + told);
        assertChinese(told, load);
    }

    @Test
    void everySentenceOnWrongValuesIsTried() {
        Set<String> keys = Messages.ofLoad(Language.EN).bundle().keySet().stream()
                .filter(key -> key.startsWith("wrong."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(keys, wrongValues().map(row -> row[1]).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load",
                "load 127.0.0.1:1 -x",
                "load 127.0.0.1:1 -d",
                "load 127.0.0.1:1 -t x",
                "load 127.0.0.1:1 -n 1 -n 2",
                "load 127.0.0.1:1 --quiet=x",
                "load 127.0.0.1:1 -o x",
                "load 127.0.0.1:1 --on-error x",
                "load 127.0.0.1:1 -f /nonexistent",
                "load 127.0.0.1:1 -f DIR",
                "load 127.0.0.1:1",
                "load 127.0.0.1:1 --source 192.0.2.9",
                "load udp://127.0.0.1:1 --source 192.0.2.9",
                "load 127.0.0.1:1 -c 9M",
                "load name.invalid:1",
                "doctor name.invalid 1",
                "tcp localhost:1",
                "load localhost 7890",
                "doctor 127.0.0.1 0",
                "report /nonexistent",
                "report DIR",
                "report TEXT",
                "report HLOG",
                "compare DIR DIR",
                "compare TEXT TEXT",
            })
    void saysWhatElseIsWrong(String arguments, @TempDir Path dir) throws Exception {
        Path text = Files.writeString(dir.resolve("text"), "no report");
        Path hlog = Files.writeString(dir.resolve("broken.hlog"), "#[Histogram log format version 1.3]\n0,1,1,x\n");
        String[] all = (arguments + " --lang zh")
                .replace("DIR", dir.toString())
                .replace("TEXT", text.toString())
                .replace("HLOG", hlog.toString())
                .split(" ");
        assertChinese(told(all), all);
    }
}
