package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row 1: once the server is ready it opens no more files, so nothing that it loads late (classes, time zones, sentences)
 * can fail for want of a descriptor.
 */
@Tag("overload")
@Timeout(300)
class LateOpensIT {

    private static final int CLIENTS = 80;

    @ParameterizedTest
    @ValueSource(strings = {"all", "summary"})
    void opensNoFileAfterItsStart(String log, @TempDir Path folder) throws Exception {
        Path trace = folder.resolve("trace");
        // -D: the traced program, not the tracer, is the child that the signals go to.
        List<String> wrapper = DebianTool.STRACE.command("-D", "-f", "-o", trace, "-e", "trace=open,openat,write");
        wrapper.addAll(DebianTool.PRLIMIT.command("--nofile=60"));
        try (ServerJar jar = ServerJar.with("--max-connections", "1000", "--log", log)
                .under(wrapper)
                .jvm(ServerJar.NO_FILES_OF_THE_JVM)
                .serve()) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Socket(ServerJar.LOOPBACK, jar.tcpPort()));
            }
            await().until(() -> jar.stderr().contains("cannot accept"));
            for (Socket client : clients) {
                client.close();
            }
            assertTrue(jar.end().get("refused.out_of_descriptors") > 0);
        }

        await().until(() -> lines(trace).stream().anyMatch(line -> line.contains("oneloop ledger")));
        assertEquals(List.of(), opensAfterReady(trace));
    }

    private static List<String> opensAfterReady(Path trace) throws IOException {
        return lines(trace).stream()
                .dropWhile(line -> !line.contains("\"oneloop ready"))
                .filter(line -> line.contains(" open(") || line.contains(" openat("))
                // The C library looks for a translation of "Too many open files" and, when it gives memory back, for
                // how
                // the kernel lends it; it does without either.
                .filter(line -> !line.contains("/libc.mo\"") && !line.contains("/overcommit_memory\""))
                .toList();
    }

    private static List<String> lines(Path trace) throws IOException {
        return Files.readAllLines(trace);
    }
}
