package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LoadOptionsTest {

    @Command
    private static final class Holder {
        @Mixin
        private LoadOptions options;
    }

    private static LoadPlan plan(String... arguments) throws IOException {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.options.test().plan();
    }

    @Test
    void defaultsSuitOneloopsServer() throws Exception {
        LoadPlan plan = plan("127.0.0.1:7890");
        assertEquals("tcp://127.0.0.1:7890", plan.url());
        assertFalse(plan.isOpenModel());
        assertEquals(10_000_000_000L, plan.durationNanos());
        assertEquals(1_000_000_000L, plan.warmup());
        assertEquals(5_000_000_000L, plan.timeoutNanos());
        assertEquals(6, plan.payload().maxLength());
        assertArrayEquals(
                "hahahahah----ok---".getBytes(StandardCharsets.US_ASCII),
                plan.expectation().bytes());
    }

    @Test
    void everyRunEnds() throws Exception {
        assertEquals(Pacer.NEVER, plan("127.0.0.1:1", "-n", "5").durationNanos());
        assertEquals(5, plan("127.0.0.1:1", "-n", "5").requests());
        assertEquals(0, plan("127.0.0.1:1", "-n", "5").warmup());
        assertEquals(
                40_000_000_000L,
                plan("127.0.0.1:1", "--stages", "10s@1k,30s@5k").durationNanos());
    }

    @Test
    void aCountIsAWholeNumber() throws Exception {
        assertEquals(1_500, plan("127.0.0.1:1", "-c", "1.5k").connections());
        for (String option : new String[] {"-c", "-n", "--requests-per-conn"}) {
            assertThrows(RuntimeException.class, () -> plan("127.0.0.1:1", option, "1.5"));
        }
    }

    @Test
    void aSourceIsOfTheFamilyOfItsTarget() throws Exception {
        assertEquals(1, plan("[::1]:1", "--source", "::1").sources().count());
        for (String[] pair : new String[][] {{"[::1]:1", "127.0.0.2"}, {"127.0.0.1:1", "127.0.0.2,::1"}}) {
            WrongValue wrong = assertThrows(WrongValue.class, () -> plan(pair[0], "--source", pair[1]));
            assertTrue(wrong.getMessage().contains("one is IPv4 and the other IPv6"), wrong.getMessage());
        }
    }

    @Test
    void readsTheModelOfTheIssue() throws Exception {
        LoadPlan plan = plan("udp://[::1]:7788", "-c", "10k", "-d", "30s", "-R", "50k", "--threshold", "p99<5ms");
        assertTrue(plan.udp());
        assertEquals("udp://[::1]:7788", plan.url());
        assertEquals(10_000, plan.connections());
        assertEquals(List.of(new Stage(30_000_000_000L, 50_000)), plan.stages());
        assertEquals("p99<5ms", plan.thresholds().get(0).toString());
        assertEquals(1_000_000_000L, plan.timeoutNanos());
    }

    @ParameterizedTest
    @CsvSource({
        "--size 64..512, 64, 512",
        "--size 32, 32, 32",
        "-m id-{n}, 4, 22",
    })
    void sizesOfRequests(String arguments, int min, int max) throws Exception {
        PayloadTemplate payload = plan(("127.0.0.1:1 " + arguments).split(" ")).payload();
        assertEquals(min, payload.minLength());
        assertEquals(max, payload.maxLength());
    }

    @Test
    void theThreeWaysOnAnError() throws Exception {
        assertEquals(OnError.RECONNECT, plan("127.0.0.1:1").onError());
        assertEquals(OnError.STOP, plan("127.0.0.1:1", "--on-error", "stop").onError());
        assertThrows(RuntimeException.class, () -> plan("127.0.0.1:1", "--on-error", "panic"));
    }

    @Test
    void numberedDatagramsGrowToHoldTheirNumber() throws Exception {
        assertEquals(64, plan("udp://127.0.0.1:1", "--sequence").payload().maxLength());
        assertEquals(
                8,
                plan("udp://127.0.0.1:1", "--sequence", "--size", "8").payload().maxLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m {n}", "-m 1234567", "--size 7", "--expect 123456789", "--reply-bytes 64"})
    void whatDoesNotGoWithNumbersIsRefused(String arguments) {
        String[] all = ("udp://127.0.0.1:1 --sequence " + arguments).split(" ");
        assertThrows(WrongValue.class, () -> plan(all));
    }

    @Test
    void moreTimeThanThereIsIsRefused() {
        assertThrows(WrongValue.class, () -> plan("127.0.0.1:1", "-d", "9999999h"));
        assertThrows(WrongValue.class, () -> plan("127.0.0.1:1", "-n", "5", "-d", "9999999h"));
        assertThrows(WrongValue.class, () -> plan("127.0.0.1:1", "--stages", "9999999h@1,9999999h@1"));
    }
}
