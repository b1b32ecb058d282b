package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the ratio of two reports says nothing. */
class ComparabilityTest {

    private static final String REPORT = "{'target':'tcp://127.0.0.1:1','model':'open','connections':10,'threads':1,"
            + "'pipeline':1,'duration_us':10000000,'end':'complete','scheduled_rate_per_s':1000.0,"
            + "'requests':{'sent':10000},'client':{'saturated':false}}";

    private static Map<String, Object> parse(String report) throws IOException {
        return JSON.std.mapFrom(report.replace('\'', '"'));
    }

    private static List<String> notes(String first, String second) throws IOException {
        return new Comparability(parse(first), parse(second), Messages.ofLoad(Language.EN)).notes();
    }

    @Test
    void saysNothingOfTheSameTest() throws Exception {
        assertEquals(List.of(), notes(REPORT, REPORT));
        String again = REPORT.replace("10000000", "10020000").replace("1000.0", "1000.1");
        assertEquals(List.of(), notes(REPORT, again));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'open' | 'closed' | model is open and closed",
                "127.0.0.1:1 | 127.0.0.1:2 | target is tcp://127.0.0.1:1 and tcp://127.0.0.1:2",
                "'connections':10 | 'connections':50 | connections is 10 and 50",
                "'threads':1 | 'threads':2 | threads is 1 and 2",
                "'pipeline':1 | 'pipeline':16 | pipeline is 1 and 16",
                "1000.0 | 2000.0 | scheduled_rate_per_s is 1,000 and 2,000",
                "'complete' | 'interrupted' | B did not run as planned (interrupted)",
                "'saturated':false | 'saturated':true | in B the client was saturated",
            })
    void namesEachDifference(String from, String to, String said) throws Exception {
        List<String> notes = notes(REPORT, REPORT.replace(from, to));
        assertEquals(1, notes.size(), notes.toString());
        assertTrue(notes.get(0).contains(said), notes.toString());
    }

    @Test
    void aRunOfSoManyRequestsMayTakeLonger() throws Exception {
        String longer = REPORT.replace("10000000", "20000000");
        assertEquals(List.of(), notes(REPORT, longer));
        String notes =
                notes(REPORT, longer.replace("'sent':10000", "'sent':20000")).toString();
        assertTrue(notes.contains("duration_us is 10,000,000 and 20,000,000"), notes);
    }

    @Test
    void showsNothingRaw() throws Exception {
        String notes = notes(REPORT, REPORT.replace("127.0.0.1:1", "x\\u001b[2Jy\\nz" + "w".repeat(200)))
                .toString();
        assertTrue(notes.contains("tcp://x\\x1b[2Jy\\x0azw"), notes);
        assertFalse(notes.contains("w".repeat(100)), notes);
    }
}
