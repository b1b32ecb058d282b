package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 20: who may come at all, over TCP and UDP, IPv4 and IPv6. */
@Tag("overload")
@Timeout(300)
class AccessIT {

    @Test
    void servesEveryoneButTheDenied() throws Exception {
        try (ServerJar jar = ServerJar.with("--deny", "127.0.0.2", "--deny", "127.0.4.0/22,::1/128")
                .serve()) {
            assertRefused("127.0.0.2", jar);
            assertRefused("127.0.7.255", jar);
            assertRefused("::1", jar);
            assertServed("127.0.0.3", jar);
            assertServed("127.0.8.1", jar);

            assertCounted(jar, 2, 3);
        }
    }

    @Test
    void servesNobodyButTheAllowed() throws Exception {
        try (ServerJar jar = ServerJar.with()
                .environment("ONELOOP_ALLOW", "::1,127.0.0.0/24")
                .environment("ONELOOP_DENY", "127.0.0.2")
                .serve()) {
            assertRefused("127.0.0.2", jar);
            assertRefused("127.0.1.1", jar);
            assertServed("::1", jar);
            assertServed("127.0.0.1", jar);

            assertCounted(jar, 2, 2);
        }
    }

    private static void assertServed(String from, ServerJar jar) throws IOException {
        assertEquals(ServerSettings.DEFAULT_REPLY, answer(from, jar));
        try (DatagramClient client = DatagramClient.of(from, loopback(from), jar.udpPort())) {
            client.assertAnswered();
        }
    }

    /** That its datagram is not answered is seen in the ledger. */
    private static void assertRefused(String from, ServerJar jar) throws IOException {
        assertEquals("", answer(from, jar));
        try (DatagramClient client = DatagramClient.of(from, loopback(from), jar.udpPort())) {
            client.send("hello");
        }
    }

    private static void assertCounted(ServerJar jar, int served, int refused) throws Exception {
        LedgerLine ledger = jar.end();
        System.out.printf("row 20: over TCP and UDP each: %d served, %d refused%n", served, refused);
        assertEquals(served, ledger.get("accepted"), ledger::toString);
        assertEquals(refused, ledger.get("refused.access_denied"), ledger::toString);
        assertEquals(served, ledger.get("udp.answered"), ledger::toString);
        assertEquals(refused, ledger.get("udp.refused.access_denied"), ledger::toString);
        String datagrams = String.format(
                " datagrams_in=%d datagrams_out=%d datagram_bytes_in=%d ",
                served + refused, served, served * 64 + refused * "hello".length());
        assertTrue(jar.stdout().contains(datagrams), jar.stdout());
    }

    private static String answer(String from, ServerJar jar) throws IOException {
        try (Socket client =
                new Socket(InetAddress.getByName(loopback(from)), jar.tcpPort(), InetAddress.getByName(from), 0)) {
            client.getOutputStream().write('x');
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes());
        } catch (SocketException reset) {
            return "";
        }
    }

    private static String loopback(String from) {
        return from.contains(":") ? "::1" : "127.0.0.1";
    }
}
