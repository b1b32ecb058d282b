package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run costs the machine it is started on, in JVMs of their own. */
class LoadScaleIT {

    /** In all, over four seconds: what the JDK still sets up once, such as a hidden class. */
    private static final long STRAY_BYTES = 4096;

    /** The JDK's selector boxes descriptors above 127, unless the cache of boxes is made as large as they get. */
    @ParameterizedTest
    @CsvSource({"closed, 20, 127", "open, 20, 127", "udp, 20, 127", "closed, 500, 20000"})
    void allocatesNothingPerRequestOnTheLoop(String model, String connections, String boxes) throws Exception {
        try (StubServer server = model.equals("udp")
                ? StubServer.udp((socket, from, data) -> socket.send(from, StubServer.REPLY))
                : StubServer.replying()) {
            String[] figures = output(
                            List.of("-Xmx256m", "-XX:AutoBoxCacheMax=" + boxes),
                            AllocationProbe.class.getName(),
                            model,
                            String.valueOf(server.port()),
                            connections)
                    .strip()
                    .split(" ");
            long bytes = Long.parseLong(figures[0]);
            long requests = Long.parseLong(figures[1]);
            assertTrue(requests > 1_000, () -> "only " + requests + " requests");
            assertTrue(bytes <= STRAY_BYTES, () -> bytes + " bytes for " + requests + " requests");
        }
    }

    @Test
    void holds19900ConnectionsIn512Megabytes() throws Exception {
        try (ForkedServer server = ForkedServer.start()) {
            String report = output(
                    List.of("-Xmx512m"),
                    "io.oneloop.client.ClientMain",
                    "load",
                    "127.0.0.1:" + server.port(),
                    "-c",
                    "19900",
                    "-n",
                    "59700",
                    "--timeout",
                    "30s",
                    "-q");
            assertTrue(report.contains("Sent  59,700 requests, 59,700 answered right"), report);
            assertTrue(report.contains("Open  19,900 connections made"), report);
            assertTrue(report.contains("Errors  none"), report);
        }
    }

    /** The preflight must not refuse too late: what it asks for, twice, is enough. */
    @ParameterizedTest
    @CsvSource({"10000, 1", "1000, 1000"})
    void twiceTheEstimatedHeapIsEnough(int connections, int pipeline) throws Exception {
        try (ForkedServer server = ForkedServer.start()) {
            LoadPlan plan = LoadTest.tcp("127.0.0.1", server.port())
                    .connections(connections)
                    .pipeline(pipeline)
                    .plan();
            String report = output(
                    List.of("-Xmx" + (2 * HeapEstimate.bytes(plan) >> 20) + "m"),
                    "io.oneloop.client.ClientMain",
                    "load",
                    "127.0.0.1:" + server.port(),
                    "-c",
                    String.valueOf(connections),
                    "--pipeline",
                    String.valueOf(pipeline),
                    "-R",
                    "100",
                    "-d",
                    "1s",
                    "-q");
            assertTrue(report.contains("100 answered right"), report);
        }
    }

    @Test
    void aRunThatDoesNotFitIntoMemoryEndsWithASentence() throws Exception {
        try (StubServer server = StubServer.replying()) {
            Process process = new ProcessBuilder(ForkedServer.javaCommand(
                            List.of("-Xmx32m"),
                            "io.oneloop.client.ClientMain",
                            "load",
                            "127.0.0.1:" + server.port(),
                            // Buffers outside of the heap, which -Xmx bounds too and the preflight does not count.
                            "--size",
                            "1000000",
                            "--pipeline",
                            "64",
                            "-q"))
                    .redirectErrorStream(true)
                    .start();
            try {
                assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the run does not end");
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(1, process.exitValue(), out);
                assertTrue(out.contains("give the JVM more (-Xmx)"), out);
                assertEquals(1, out.lines().count(), out);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String output(List<String> jvmOptions, String mainClass, String... arguments) throws Exception {
        Process process = new ProcessBuilder(ForkedServer.javaCommand(jvmOptions, mainClass, arguments))
                .redirectErrorStream(true)
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), out);
            return out;
        } finally {
            process.destroyForcibly();
        }
    }
}
