package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,}( +[a-z]{2,}){2,}");

    @Test
    void isChineseWhereChineseIsAskedFor() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result = LoadTest.tcp("127.0.0.1", server.port())
                    .requests(50)
                    .rate(500)
                    .threshold("errors<1%")
                    .run();
            String text = result.text(Language.ZH);
            assertTrue(text.startsWith("运行  "), text);
            assertTrue(text.contains("响应时间"), text);
            assertTrue(text.contains("错误    无"), text);
            assertTrue(text.contains("阈值       errors<1%        达到  "), text);
            assertFalse(ENGLISH.matcher(text).find(), text);
        }
    }

    /** Not through {@link LoadTest}, whose preflight would refuse the run. */
    @Test
    void givesItsExamplesInTheSameLanguage() throws Exception {
        LoadPlan nobody = LoadTest.tcp("127.0.0.1", 1)
                .warmup(Duration.ZERO)
                .duration(Duration.ofMillis(1))
                .plan();
        LoadResult result = new LoadRun(nobody, LoadProgress.NONE).run();
        assertTrue(result.text(Language.ZH).contains("例如 连接 tcp 127.0.0.1:1：连接被拒绝"), result.text(Language.ZH));
        assertTrue(result.text().contains("e.g. connect tcp 127.0.0.1:1: Connection refused"), result::text);
        assertTrue(
                result.json().contains("\"example\" : \"connect tcp 127.0.0.1:1: Connection refused\""), result::json);
    }

    @Test
    void hasASingular() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result =
                    LoadTest.tcp("127.0.0.1", server.port()).requests(1).run();
            assertTrue(result.text().contains("Sent  1 request, 1 answered right"), result::text);
            assertTrue(result.text().contains("Open  1 connection made"), result::text);
        }
    }

    /** One of three is never answered, since the server ends its connection. */
    @Test
    void hasTheCountsThatMakeTheSums() throws Exception {
        int[] asked = {0};
        try (StubServer server = StubServer.tcp((connection, data) -> {
            if (++asked[0] == 2) {
                connection.abort();
            } else {
                connection.send(StubServer.REPLY);
            }
        })) {
            LoadTest test = LoadTest.tcp("127.0.0.1", server.port()).requests(3);
            String closed = test.run().text();
            assertTrue(closed.contains("Sent  3 requests, 2 answered right, 1 failed; with"), closed);
            asked[0] = 0;
            LoadResult open = test.rate(100).run();
            assertTrue(open.text().contains("2 answered right, 1 failed, of 3 due; with"), open::text);
            assertTrue(open.text(Language.ZH).contains("2 个应答正确，1 个失败，到期 3 个；"), open.text(Language.ZH));
        }
    }

    @Test
    void isEnglishElse() throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadResult result =
                    LoadTest.tcp("127.0.0.1", server.port()).requests(5).run();
            assertEquals(result.text(Language.EN), result.text());
            assertTrue(result.text().startsWith("Run   "), result::text);
        }
    }

    @Test
    void keepsTheColumnsUnderWideCharacters() {
        for (Language language : Language.values()) {
            Messages messages = Messages.ofLoad(language);
            List<String> rows = LatencyTable.of(null, null, messages).lines().toList();
            String heading = rows.get(0);
            int response = heading.indexOf(messages.get("report.responseTime"));
            int service = heading.indexOf(messages.get("report.serviceTime"));
            for (String row : rows.subList(1, rows.size())) {
                int first = row.indexOf("n/a");
                int second = row.lastIndexOf("n/a");
                assertEquals(columnOf(heading, response), columnOf(row, first), row);
                assertEquals(columnOf(heading, service), columnOf(row, second), row);
            }
        }
    }

    @Test
    void leavesNoWordOpenInTheHtmlReport() {
        for (Language language : Language.values()) {
            String html = HtmlReport.of("", "", null, null, List.of(), language);
            assertFalse(html.contains("@html."), language + "");
            assertTrue(
                    html.contains("label: \"" + Messages.ofLoad(language).get("html.percentile") + "\""),
                    language + "");
        }
    }

    @Test
    void hasAHintForEveryErrorInBothLanguages() {
        for (ErrorKind kind : ErrorKind.values()) {
            assertFalse(kind.hint().isEmpty(), kind.toString());
            assertTrue(
                    kind.hint(Messages.ofLoad(Language.ZH)).codePoints().anyMatch(Character::isIdeographic),
                    kind.toString());
        }
    }

    private static int columnOf(String line, int index) {
        return Columns.width(line.substring(0, index));
    }
}
