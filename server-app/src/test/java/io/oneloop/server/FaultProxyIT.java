package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.server.FaultProxy.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 21: a bad network between clients and server. */
@Tag("overload")
@Timeout(300)
class FaultProxyIT {

    private static final int CLIENTS = 10;
    private static final int LINES = 200;
    private static final long ALL = (long) LINES * Client.REPLY.length;

    /** Each client is owed 90 MB of it: far more than the sockets on the way hold. */
    private static final String LONG_REPLY = ServerSettings.DEFAULT_REPLY.repeat(1_000);

    private static final int LONG_REPLIES = 5_000;

    static Stream<Fault> faultsThatLoseNothing() {
        return Stream.of(
                Fault.NONE,
                Fault.NONE.delay(50),
                Fault.NONE.slices(1),
                Fault.NONE.slices(7).bandwidth(10_000),
                Fault.NONE.slowClose(300),
                Fault.NONE.delay(20).slices(3).bandwidth(20_000).slowClose(100));
    }

    @ParameterizedTest
    @MethodSource("faultsThatLoseNothing")
    void everyStreamIsExactWhenNothingIsLost(Fault fault) throws Exception {
        try (RunningJar jar = RunningJar.start("--per", "line");
                FaultProxy proxy = new FaultProxy(jar.tcp(), fault)) {
            for (Client client : clientsWhoSentAll(proxy)) {
                assertEquals(ALL, client.readToEnd());
                client.close();
            }
            LedgerLine ledger = jar.stop();
            assertEquals(CLIENTS, ledger.get("closed.peer_finished"));
            assertEquals(CLIENTS * ALL, ledger.get("bytes_written"));
            assertEquals(0, ledger.get("bytes_discarded"));
        }
    }

    static Stream<Fault> faultsThatCutOff() {
        return Stream.of(
                Fault.NONE.resetAfter(5),
                Fault.NONE.slices(7).resetAfter(100),
                Fault.NONE.delay(20).truncateAfter(40),
                Fault.NONE.slices(1).truncateAfter(333));
    }

    @ParameterizedTest
    @MethodSource("faultsThatCutOff")
    void everyStreamIsBeginningOfTheRepliesAndTheEndIsCounted(Fault fault) throws Exception {
        ServerJar.Launch launch =
                RunningJar.with("--read-chunk", "1", "--reply", LONG_REPLY).jvm(ServerJar.NO_FILES_OF_THE_JVM);
        try (RunningJar jar = RunningJar.serve(launch);
                FaultProxy proxy = new FaultProxy(jar.tcp(), fault)) {
            ProcessFigures figures = new ProcessFigures(jar);
            long baseline = figures.descriptors();
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(proxy.address()).send(LONG_REPLIES));
            }
            for (Client client : clients) {
                Client.Cut cut = client.readToCut();
                assertEquals(fault.reset(), cut.byReset(), () -> cut + " by " + fault);
                assertTrue(cut.bytes() <= fault.lastByte(), () -> cut + " in spite of " + fault);
                // A reset may destroy what is under way; an end of stream comes after it.
                assertTrue(cut.byReset() || cut.bytes() == fault.lastByte(), () -> cut + " and not all of " + fault);
                client.close();
            }
            await().untilAsserted(() -> assertEquals(baseline, figures.descriptors()));
            try (Client healthy = new Client(jar.tcp())) {
                assertEquals(LONG_REPLY.length(), healthy.send(1).finish().readToEnd());
            }
            LedgerLine ledger = jar.stop();
            assertEquals(CLIENTS, ledger.get("closed.network_error"), ledger::toString);
            assertEquals(1, ledger.get("closed.peer_finished"), ledger::toString);
            assertEquals(ledger.get("bytes_discarded"), ledger.get("bytes_discarded.network_error"));
            assertTrue(ledger.get("bytes_discarded") > 0, ledger::toString);
            System.out.printf("row 21: %d cut, %d bytes owed: %s%n", CLIENTS, ledger.get("bytes_discarded"), fault);
        }
    }

    private static List<Client> clientsWhoSentAll(FaultProxy proxy) throws IOException {
        byte[] lines = "a line\n".repeat(LINES).getBytes(StandardCharsets.US_ASCII);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(proxy.address());
            client.channel.write(ByteBuffer.wrap(lines));
            clients.add(client.finish());
        }
        return clients;
    }
}
