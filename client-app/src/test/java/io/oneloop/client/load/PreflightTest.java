package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {

    private static final long MIB = 1 << 20;
    private static final Messages ENGLISH = Messages.ofLoad(Language.EN);

    private static Preflight needing(long descriptors, long ports, long heap) {
        return new Preflight("tcp://h:1", descriptors, 100, ports, 100, heap, 100 * MIB, null, false, ENGLISH);
    }

    @Test
    void tellsWhatTheRunNeedsOfWhatThereIs() {
        Preflight preflight = needing(100, 100, 100 * MIB);
        assertEquals(List.of(), preflight.problems());
        assertEquals(
                "descriptors 100/100 ok · ports 100/100 ok · heap 100/100 MiB ok · reachable ok", preflight.toString());
    }

    @ParameterizedTest
    @CsvSource({"101, 1, 1, ulimit -n", "1, 101, 1, --source 127.0.0.0/8", "1, 1, 101, java -Xmx202m"})
    void refusesWhatDoesNotFitAndSaysWhatToDo(long descriptors, long ports, long mebibytes, String cure) {
        List<String> problems = needing(descriptors, ports, mebibytes * MIB).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains(cure), problems::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 1, 1, 0, 7",
        "tcp, 8001, 1, 0, 15",
        "tcp, 4001, 64, 0, 15",
        "udp, 4001, 1, 0, 12",
        "tcp, 100, 65536, 0, 107",
        "tcp, 100, 65536, 1, 182",
    })
    void estimatesTheHeapFromConnectionsAndPipeline(
            String scheme, int connections, int pipeline, long thinkNanos, long mebibytes) throws IOException {
        LoadTest test = scheme.equals("udp") ? LoadTest.udp("127.0.0.1", 1) : LoadTest.tcp("127.0.0.1", 1);
        LoadPlan plan = test.connections(connections)
                .pipeline(pipeline)
                .think(Duration.ofNanos(thinkNanos))
                .plan();
        assertEquals(mebibytes, HeapEstimate.bytes(plan) / MIB);
    }

    /** 192.0.2.0/24 is for documents, and no machine's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1,192.0.2.9              | 2   | --source 192.0.2.9 is no address of this machine",
                "127.0.0.1,127.0.0.2,192.0.2.8/31 | 4   | --source 192.0.2.8 is no address of this machine",
                "127.0.0.1,192.0.2.9              | 1   |",
                "127.0.0.0/16                     | 999 |",
            })
    void triesEverySourceThatAConnectionWillComeFrom(String sources, int connections, String problem) throws Exception {
        try (StubServer server = StubServer.replying()) {
            LoadPlan plan = LoadTest.tcp("127.0.0.1", server.port())
                    .source(sources)
                    .connections(connections)
                    .plan();
            String told = String.join("; ", Preflight.of(plan, ENGLISH).problems());
            assertTrue(problem == null ? told.isEmpty() : told.startsWith(problem), told);
        }
    }
}
