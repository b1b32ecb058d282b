package io.oneloop.server;

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
@Timeout(60)
class FaultProxyIT {

    private static final int CLIENTS = 10;
    private static final int LINES = 200;
    private static final long ALL = (long) LINES * Client.REPLY.length;

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
        try (RunningJar jar = RunningJar.start("--per", "line");
                FaultProxy proxy = new FaultProxy(jar.tcp(), fault)) {
            for (Client client : clientsWhoSentAll(proxy)) {
                long received = bytesUntilItBreaks(client);
                assertTrue(received <= fault.lastByte(), () -> received + " bytes in spite of " + fault);
                client.close();
            }
            Client.assertAnswered(jar.tcp());
            LedgerLine ledger = jar.stop();
            assertEquals(CLIENTS + 1, ledger.get("accepted"));
            assertEquals(
                    CLIENTS + 1,
                    ledger.get("closed.network_error") + ledger.get("closed.peer_finished"),
                    () -> ledger.toString());
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

    /** {@link Client#readToEnd} looks at every byte. */
    private static long bytesUntilItBreaks(Client client) {
        try {
            return client.readToEnd();
        } catch (IOException reset) {
            return 0;
        }
    }
}
