package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report for programs against its description. */
class JsonReportTest {

    private static final Pattern CODE = Pattern.compile("`([a-z0-9_]+)(?:\\[\\])?`");

    /** Each field that a report may have stands in the table of the documents, and each there is in a report. */
    @ParameterizedTest
    @ValueSource(strings = {"load-testing.md", "load-testing.zh-CN.md"})
    void theDocumentsNameEveryFieldAndNoOther(String document) throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> socket.send(from, StubServer.REPLY))) {
            LoadResult result = LoadTest.udp("127.0.0.1", server.port())
                    .rate(100)
                    .duration(Duration.ofMillis(300))
                    .replyBytes(7)
                    .threshold("errors<1")
                    .run();
            TreeSet<String> fields = new TreeSet<>();
            collect(JSON.std.mapFrom(result.json()), fields);
            assertEquals(fields, documented(Path.of("..", "docs", document)));
        }
    }

    private static void collect(Map<?, ?> map, TreeSet<String> fields) {
        map.forEach((name, value) -> {
            fields.add((String) name);
            if (value instanceof Map<?, ?> inner) {
                collect(inner, fields);
            }
            if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first) {
                collect(first, fields);
            }
        });
    }

    /** The names in the table, without the values that a field may have, which are in brackets. */
    private static TreeSet<String> documented(Path file) throws Exception {
        TreeSet<String> fields = new TreeSet<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(file)) {
            inTable = line.startsWith("| `schema`") || inTable && line.startsWith("|");
            if (inTable) {
                Matcher code = CODE.matcher(line.replaceAll("[（(][^()（）]*[)）]", ""));
                while (code.find()) {
                    fields.add(code.group(1));
                }
            }
        }
        return fields;
    }

    @Test
    void whatIsNotKnownIsNull() throws Exception {
        try (StubServer server = StubServer.udp((socket, from, data) -> socket.send(from, StubServer.REPLY))) {
            Map<String, Object> report = JSON.std.mapFrom(LoadTest.udp("127.0.0.1", server.port())
                    .pipeline(2)
                    .requests(50)
                    .replyBytes(18)
                    .threshold("p99<1s")
                    .threshold("errors<5")
                    .run()
                    .json());
            assertNull(report.get("service_time_us"));
            assertNull(((Map<?, ?>) report.get("udp")).get("late"));
            assertNull(((Map<?, ?>) report.get("requests")).get("wrong_bytes"));
            List<?> thresholds = (List<?>) report.get("thresholds");
            assertNull(((Map<?, ?>) thresholds.get(0)).get("measured"));
            assertInstanceOf(Integer.class, ((Map<?, ?>) thresholds.get(1)).get("measured"));
        }
    }

    @Test
    void aThresholdsFigureIsANumber() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(100)
                    .threshold("max<1h")
                    .threshold("rate>1")
                    .threshold("errors<1%")
                    .run();
            List<?> thresholds = (List<?>) JSON.std.mapFrom(result.json()).get("thresholds");
            Object max = ((Map<?, ?>) thresholds.get(0)).get("measured");
            assertEquals(Math.round(result.serviceTime().orElseThrow().maxNanos() / 1e3), ((Number) max).longValue());
            assertInstanceOf(Double.class, ((Map<?, ?>) thresholds.get(1)).get("measured"));
            assertInstanceOf(Double.class, ((Map<?, ?>) thresholds.get(2)).get("measured"));
        }
    }

    @Test
    void aMergedLogPlotsNoErrorsItDoesNotKnow() throws Exception {
        Interval interval = new Interval(0, 1, 5, -1, -1, -1, 1, 1, 1);
        String html = HtmlReport.of("", "", null, null, List.of(interval), Language.EN);
        assertTrue(html.contains("\"errors\":[null]"), "errors are plotted");
    }
}
