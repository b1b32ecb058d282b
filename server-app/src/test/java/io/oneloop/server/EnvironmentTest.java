package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** Options by environment. */
class EnvironmentTest {

    @Test
    void takesOptionsFromTheEnvironmentAndNamesTheVariableThatIsWrong() {
        CommandOutcome outcome = run(Map.of("ONELOOP_TCP_PORT", "70000"));

        assertEquals("oneloop: ONELOOP_TCP_PORT 70000: a port is a number from 0 to 65535\n", outcome.err());
        assertEquals(2, outcome.exitCode());
    }

    @Test
    void namesTheVariableOfAListWithAWrongPart() {
        assertEquals(
                "oneloop: ONELOOP_ALLOW no: must be an address or a block of addresses such as 10.0.0.0/8 or"
                        + " 2001:db8::/32\n",
                run(Map.of("ONELOOP_ALLOW", "127.0.0.1,no,::1")).err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "ONELOOP_HOST=1:2 => ONELOOP_HOST 1:2: no such address or name",
                "ONELOOP_REPLY=\\q => ONELOOP_REPLY: \\q is no escape",
                "ONELOOP_REPLY=a\ufffdb => ONELOOP_REPLY has characters that this locale does not have",
                "ONELOOP_REPLY_FILE=no/such => ONELOOP_REPLY_FILE no/such: cannot be read: no such file",
                "ONELOOP_REPLY_FILE=/dev/null => ONELOOP_REPLY_FILE: the reply is empty",
                "ONELOOP_REPLY_FILE=/dev/zero => ONELOOP_REPLY_FILE /dev/zero: longer than 16 MiB",
                "ONELOOP_REPLY=a ONELOOP_REPLY_FILE=b => ONELOOP_REPLY and ONELOOP_REPLY_FILE contradict each other",
                "ONELOOP_NO_UDP=true => --no-tcp and ONELOOP_NO_UDP together leave nothing to serve",
            })
    void namesTheVariableThatCannotBeServed(String variables, String beginning) {
        Map<String, String> environment = Arrays.stream(variables.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
        boolean leavesUdp = !variables.contains("NO_UDP");

        CommandOutcome outcome = run(environment, "--lang=en", leavesUdp ? "--no-tcp=false" : "--no-tcp");

        assertTrue(outcome.err().startsWith("oneloop: " + beginning), outcome.err());
        assertEquals(2, outcome.exitCode());
    }

    @Test
    void prefersTheReplyOfTheCommandLineToTheOneOfTheEnvironment() {
        assertEquals(
                "oneloop: --reply-file no/such: cannot be read: no such file\n",
                run(Map.of("ONELOOP_REPLY", "x"), "--lang=en", "--reply-file", "no/such")
                        .err());
        assertEquals(
                "oneloop: --reply: the reply is empty; use --mode discard to reply nothing\n",
                run(Map.of("ONELOOP_REPLY_FILE", "no/such"), "--lang=en", "--reply=")
                        .err());
        Map<String, String> both = Map.of("ONELOOP_REPLY", "x", "ONELOOP_REPLY_FILE", "no/such");
        assertTrue(run(both, "--lang=en").err().contains("contradict each other"));
    }

    @Test
    void prefersTheCommandLineToTheEnvironment() {
        CommandOutcome outcome = run(Map.of("ONELOOP_TCP_PORT", "70000"), "--tcp-port", "0", "--drain", "x");

        assertEquals("oneloop: --drain x: a time is a number with ms, s or m, up to 60m, such as 5s\n", outcome.err());
    }

    @Test
    void leavesASwitchOnThatTheCommandLineAndTheEnvironmentSet() {
        Map<String, String> environment = Map.of("ONELOOP_NO_TCP", "true", "ONELOOP_LANG", "en");
        CommandOutcome outcome = run(environment, "--no-tcp", "--no-udp", "--reply=");

        assertTrue(outcome.err().contains("leave nothing to serve"), outcome.err());
        assertEquals(
                "oneloop: --reply: the reply is empty; use --mode discard to reply nothing\n",
                run(environment, "--no-tcp=false", "--no-udp", "--reply=").err());
    }

    @Test
    void takesAnEmptyVariableAsNotSet() {
        CommandOutcome outcome = run(Map.of("ONELOOP_TCP_PORT", "", "ONELOOP_DRAIN", "soon"));

        assertTrue(outcome.err().startsWith("oneloop: ONELOOP_DRAIN soon: "), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ONELOOP_VERSION", "ONELOOP_HELP"})
    void doesNotTakeAVariableOfAnImageAsAQuestion(String variable) {
        for (String value : List.of("1", "true")) {
            CommandOutcome outcome = run(Map.of(variable, value, "ONELOOP_LANG", "en"), "--no-tcp", "--no-udp");

            assertTrue(outcome.err().contains("leave nothing to serve"), outcome.err());
            assertEquals("", outcome.out());
        }
    }

    @Test
    void takesWhatLooksLikeAVariableAsItIs() {
        CommandOutcome outcome = run(Map.of("ONELOOP_DRAIN", "${sys:user.name}"));

        assertTrue(outcome.err().startsWith("oneloop: ONELOOP_DRAIN ${sys:user.name}: "), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.96.0.7:7890", "udp://10.96.0.7:7788"})
    void aLinkToAServiceIsNoPort(String link) {
        OptionSpec port = new ServerOptions().all().get(1);

        assertEquals("--tcp-port", port.longestName());
        assertNull(new EnvironmentDefaults(Map.of("ONELOOP_TCP_PORT", link)).of(port));
        OptionSpec reply = new ServerOptions()
                .all().stream()
                        .filter(option -> option.longestName().equals("--reply"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(link, new EnvironmentDefaults(Map.of("ONELOOP_REPLY", link)).of(reply));
    }

    private static CommandOutcome run(Map<String, String> environment, String... args) {
        return CommandOutcome.of(environment, args);
    }
}
