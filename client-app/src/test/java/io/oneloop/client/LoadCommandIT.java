package io.oneloop.client;

import static io.oneloop.client.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.EventLoop;
import io.oneloop.LoopStats.Counter;
import io.oneloop.Reply;
import io.oneloop.TcpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code load} and its companions as a user starts them. */
class LoadCommandIT {

    private static final Reply REPLY = Reply.of("hahahahah----ok---");

    @TempDir
    private Path dir;

    private EventLoop loop;

    @BeforeEach
    void startLoop() {
        loop = EventLoop.start("stub", (context, error) -> {});
    }

    @AfterEach
    void endLoop() {
        loop.shutdown(0);
        loop.close();
    }

    private String serve(TcpHandler handler) throws IOException {
        int port = loop.listenTcp(new InetSocketAddress("127.0.0.1", 0), handler)
                .localAddress()
                .getPort();
        return "127.0.0.1:" + port;
    }

    private String serve() throws IOException {
        return serve((connection, data) -> connection.send(REPLY));
    }

    @Test
    void reportsARunAndExitsWithZero() throws Exception {
        ClientJar.Result result =
                ClientJar.run("", "load", "tcp://" + serve(), "-c", "10", "-n", "2000", "--threshold", "errors<0.1%");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.text().contains("Sent  2,000 requests, 2,000 answered right"), result.text());
        assertTrue(result.text().contains("errors<0.1%      kept"), result.text());
        assertTrue(result.err().contains("preflight  descriptors"), result.err());
        assertFalse(result.err().contains("\033"), "colour or cursor movement without a terminal");
    }

    @Test
    void aMissedThresholdIs99() throws Exception {
        ClientJar.Result result = ClientJar.run("", "load", serve(), "-n", "100", "--threshold", "p50<1ns", "-q");
        assertEquals(99, result.exitCode(), result.err());
        assertTrue(result.text().contains("MISSED"), result.text());
        assertEquals("", result.err());
    }

    @Test
    void notOneSuccessIsOne() throws Exception {
        String target = serve((connection, data) -> connection.abort());
        ClientJar.Result result = ClientJar.run("", "load", target, "-d", "500ms", "-q");
        assertEquals(1, result.exitCode(), result.err());
        assertTrue(result.text().contains("read/reset"), result.text());
        assertTrue(result.text().contains("p99       n/a"), result.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | is not a target",
                "127.0.0.1:PORT -R 0 | --rate must be more than 0",
                "127.0.0.1:PORT -d 10x | unknown unit of time",
                "127.0.0.1:PORT -d 48h | at most 24h",
                "127.0.0.1:PORT --threshold p99=5ms | is not a threshold",
                "127.0.0.1:PORT --pipeline 0 | --pipeline must be",
                "127.0.0.1:PORT -m \\q | unknown escape",
                "127.0.0.1:PORT -f /nonexistent | no such file",
                "127.0.0.1:PORT -f /dev/null --size 8 | at least 1 byte",
                "127.0.0.1:PORT --rat 5 | --rate",
                "127.0.0.1:PORT --sequence | udp://",
                "127.0.0.1:PORT -R 5 --think 1s | closed model",
                "127.0.0.1:PORT --hlog /nonexistent/a.hlog | no such file",
                "127.0.0.1:PORT --source nowhere | not an address",
                "127.0.0.1:PORT --connect-timeout 9999h | --connect-timeout must be 1ms to 1h",
                "127.0.0.1:PORT --timeout 0 | --timeout must be 1ms to 1h",
                "127.0.0.1:PORT --threshold p99<5 | a time needs its unit",
                "127.0.0.1:PORT --source 192.0.2.9 | give addresses of this machine",
                "udp://127.0.0.1:PORT --source 192.0.2.9 | give addresses of this machine",
                "127.0.0.1:1 | preflight: connect tcp 127.0.0.1:1: Connection refused",
                "127.0.0.1:PORT -c 9M | ulimit -n",
            })
    void wrongUseIsOneSentenceAndTwo(String arguments, String sentence) throws Exception {
        String port = serve().substring("127.0.0.1:".length());
        ClientJar.Result result =
                ClientJar.run("", ("load " + arguments).replace("PORT", port).split(" "));
        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.err().contains(sentence), result.err());
    }

    @Test
    void refusesARunThatTheHeapCannotHold() throws Exception {
        ClientJar.Result result = ClientJar.run(
                new byte[0], List.of("-Xmx64m"), "load", serve(), "-c", "100", "--pipeline", "65536", "--lang", "en");
        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.err().startsWith("preflight: the run needs about 107 MiB of heap, but"), result.err());
        assertTrue(result.err().contains("(java -Xmx215m)"), result.err());
    }

    @Test
    void saysWhenStdoutDoesNotTakeTheReport() throws Exception {
        Path err = dir.resolve("err");
        Process process = new ProcessBuilder(ClientJar.command(List.of(), "load", serve(), "-n", "10", "-q"))
                .redirectOutput(Path.of("/dev/full").toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertTrue(Files.readString(err).startsWith("write stdout: "), Files.readString(err));
    }

    @ParameterizedTest
    @CsvSource({"--html, /dev/full, --hgrm", "--hgrm, /dev/full, --html", "--hlog, /dev/full, --html"})
    void aFileThatIsNotTakenCostsNothingElse(String option, String full, String other) throws Exception {
        Path file = dir.resolve("other");
        ClientJar.Result result =
                ClientJar.run("", "load", serve(), "-n", "10", "-q", option, full, other, file.toString());
        assertEquals(1, result.exitCode(), result.err());
        assertEquals(
                "write the report: /dev/full was not written whole: is the disk full?.",
                result.err().strip());
        assertTrue(result.text().contains("Sent  10 requests, 10 answered right"), result.text());
        assertTrue(Files.size(file) > 0, "not written");
    }

    @Test
    void anInterruptedRunStillReports() throws Exception {
        String target = serve();
        Path log = dir.resolve("interrupted.hlog");
        Process process =
                ClientJar.start("load", target, "-d", "10m", "--warmup", "1ms", "-q", "--hlog", log.toString());
        try {
            await().until(() -> loop.stats().get(Counter.READS) > 1000);
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            String report = new String(process.getInputStream().readAllBytes(), "UTF-8");
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(130, process.exitValue(), report);
            assertTrue(report.contains("INTERRUPTED"), report);
            ClientJar.Result logged = ClientJar.run("", "report", log.toString());
            assertEquals(0, logged.exitCode(), logged.err());
            String sent = report.lines()
                    .filter(line -> line.startsWith("Sent"))
                    .findFirst()
                    .orElseThrow();
            String answered = logged.text()
                    .lines()
                    .filter(line -> line.startsWith("Sent"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(sent.contains(answered.substring("Sent  ".length())), () -> sent + " but logged " + answered);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--expect=pong, 0, 50, 0",
        "--expect=pang, 1, 0, 50",
        "--reply-bytes=4, 0, 50,",
        "--reply-bytes=2, 0, 50,",
    })
    void holdsRepliesAgainstWhatIsExpected(String option, int exitCode, int succeeded, Integer wrongBytes)
            throws Exception {
        Reply pong = Reply.of("pong");
        ClientJar.Result result = ClientJar.run(
                "", "load", serve((connection, data) -> connection.send(pong)), option, "-n", "50", "-o", "json", "-q");
        assertEquals(exitCode, result.exitCode(), result.err());
        Map<?, ?> requests = (Map<?, ?>) JSON.std.mapFrom(result.text()).get("requests");
        assertEquals(succeeded, requests.get("succeeded"));
        assertEquals(50 - succeeded, requests.get("failed"));
        assertEquals(wrongBytes, requests.get("wrong_bytes"));
    }

    @Test
    void writesJsonThatCompareReads() throws Exception {
        String target = serve();
        Path a = dir.resolve("a.json");
        Path b = dir.resolve("b.json");
        for (Path file : new Path[] {a, b}) {
            Files.write(
                    file,
                    ClientJar.run("", "load", target, "-n", file == a ? "500" : "1000", "-o", "json", "-q")
                            .out());
        }
        Map<String, Object> report = JSON.std.mapFrom(Files.readString(a));
        assertEquals(1, report.get("schema_version"));
        assertEquals("closed", report.get("model"));
        assertTrue(report.containsKey("response_time_us"));
        assertEquals(null, report.get("response_time_us"));
        ClientJar.Result compared = ClientJar.run("", "compare", a.toString(), b.toString());
        assertEquals(0, compared.exitCode(), compared.err());
        assertTrue(
                compared.text().lines().anyMatch(line -> line.matches("requests\\.succeeded +500 +1,000 +2\\.000")),
                compared.text());
        Files.writeString(
                b, Files.readString(b).replace("\"closed\"", "\"open\"").replace("\"threads\"", "\"\\u001b[2J\""));
        ClientJar.Result unlike = ClientJar.run("", "compare", a.toString(), b.toString());
        assertTrue(unlike.text().contains("Note    A and B are not the same test"), unlike.text());
        assertTrue(unlike.text().contains("model is closed and open"), unlike.text());
        assertFalse(unlike.text().contains("\033"), unlike.text());
        Files.writeString(b, "{}");
        assertEquals(2, ClientJar.run("", "compare", a.toString(), b.toString()).exitCode());
        Files.writeString(b, "null");
        assertEquals(2, ClientJar.run("", "compare", a.toString(), b.toString()).exitCode());
        Files.writeString(b, "{ nonsense");
        ClientJar.Result bad = ClientJar.run("", "compare", a.toString(), b.toString());
        assertEquals(2, bad.exitCode());
        assertEquals(
                "compare: " + b + " is not JSON: give a report of 'load --output json'.",
                bad.err().strip());
    }

    @Test
    void writesTheCourseOfARunAsLines() throws Exception {
        String target = serve();
        String[] csv = ClientJar.run("", "load", target, "-R", "200", "-d", "2s", "-o", "csv", "-q")
                .text()
                .split("\\R");
        assertTrue(csv[0].startsWith("start_us,length_us,succeeded"), csv[0]);
        assertTrue(csv.length >= 3);
        String[] ndjson = ClientJar.run("", "load", target, "-R", "200", "-d", "2s", "-o", "ndjson", "-q")
                .text()
                .split("\\R");
        assertEquals("interval", JSON.std.mapFrom(ndjson[0]).get("type"));
        assertEquals("summary", JSON.std.mapFrom(ndjson[ndjson.length - 1]).get("type"));
    }

    @Test
    void mergesTheLogsOfSeveralRuns() throws Exception {
        String target = serve();
        Path a = dir.resolve("a.hlog");
        Path b = dir.resolve("b.hlog");
        Path hgrm = dir.resolve("a.hgrm");
        ClientJar.run("", "load", target, "-R", "300", "-d", "2s", "-q", "--hlog", a.toString());
        ClientJar.run(
                "", "load", target, "-R", "200", "-d", "1s", "-q", "--hlog", b.toString(), "--hgrm", hgrm.toString());
        assertTrue(Files.readString(hgrm).contains("#[Mean"), "no percentiles");
        Path html = dir.resolve("both.html");
        ClientJar.Result merged = ClientJar.run("", "report", a.toString(), b.toString(), "--html", html.toString());
        assertEquals(0, merged.exitCode(), merged.err());
        assertTrue(merged.text().contains("Sent  800 answered right"), merged.text());
        assertTrue(merged.text().contains("2 logs merged  open model"), merged.text());
        assertTrue(merged.text().contains("Note    p99.9 and above are n/a: it takes at least 1,000"), merged.text());
        String dom = Chromium.dom(html, dir);
        assertTrue(dom.contains("data-plots=\"3\""), "not all plots were drawn");
        assertTrue(dom.contains("2 logs merged  open model"), "no text report");
        assertEquals(
                2, ClientJar.run("", "report", dir.resolve("none").toString()).exitCode());
        assertEquals(2, ClientJar.run("", "report", hgrm.toString()).exitCode());
    }

    @Test
    void speaksChinese() throws Exception {
        String target = serve();
        ClientJar.Result load = ClientJar.run("", "load", target, "-n", "50", "--lang", "zh");
        assertTrue(load.err().startsWith(" 预检       描述符 "), load.err());
        assertTrue(load.text().contains("发送  50 个请求，50 个应答正确"), load.text());
        ClientJar.Result doctor =
                ClientJar.run("", "doctor", "127.0.0.1", target.substring("127.0.0.1:".length()), "--lang", "zh");
        assertTrue(doctor.text().contains(" tcp          已连接"), doctor.text());
    }

    @Test
    void theDoctorSaysWhatLimits() throws Exception {
        String port = serve().substring("127.0.0.1:".length());
        ClientJar.Result result = ClientJar.run("", "doctor", "127.0.0.1", port);
        assertEquals(0, result.exitCode(), result.err());
        for (String line : new String[] {"descriptors", "ports", "backlog", "connected", "nobody listens"}) {
            assertTrue(result.text().contains(line), result.text());
        }
        assertEquals(2, ClientJar.run("", "doctor", "127.0.0.1", "70000").exitCode());
    }

    /** The plots are drawn by the browser, so only a browser can tell whether they are. */
    @Test
    void chromiumDrawsThePlots() throws Exception {
        Path html = dir.resolve("report.html");
        ClientJar.Result run =
                ClientJar.run("", "load", serve(), "-c", "5", "-R", "500", "-d", "3s", "-q", "--html", html.toString());
        assertEquals(0, run.exitCode(), run.err());
        String source = Files.readString(html);
        assertFalse(source.matches("(?s).*<(script|link)[^>]*(src|href)=.*"), "the file needs something else");
        String dom = Chromium.dom(html, dir);
        assertTrue(dom.contains("data-plots=\"3\""), "not all plots were drawn");
        assertTrue(dom.contains("response time (from schedule)"), "no text report");
    }
}
