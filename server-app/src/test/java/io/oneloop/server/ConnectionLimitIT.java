package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 2: more clients than there is room for. */
@Tag("overload")
@Timeout(300)
class ConnectionLimitIT {

    private static final int READ_LIMIT_MILLIS = 60_000;
    private static final int LIMIT = 5;
    private static final int EXCESS = 20;

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void closesTheExcessAndThoseInsideNoticeNothing() throws Exception {
        try (ServerJar jar =
                ServerJar.with("--max-connections", String.valueOf(LIMIT)).serve()) {
            List<Socket> inside = served(jar, LIMIT);
            for (int i = 0; i < EXCESS; i++) {
                assertEquals(0, repliesTo(connect("127.0.0.1", jar)));
            }
            for (Socket client : inside) {
                assertEquals(1, repliesTo(client));
            }

            leave(inside.get(0));
            assertEquals(1, repliesTo(connect("127.0.0.1", jar)));
            leave();
            LedgerLine ledger = jar.end();
            assertEquals(EXCESS, ledger.get("refused.max_connections"), ledger::toString);
            assertEquals(LIMIT + 1, ledger.get("accepted"));
        }
    }

    @Test
    void leavesRoomForOthersThanTheOneThatTakesAll() throws Exception {
        try (ServerJar jar =
                ServerJar.with("--max-per-ip", String.valueOf(LIMIT)).serve()) {
            List<Socket> inside = served(jar, LIMIT);
            assertEquals(0, repliesTo(connect("127.0.0.1", jar)));
            assertEquals(1, repliesTo(connect("127.0.0.2", jar)));
            for (Socket client : inside) {
                assertEquals(1, repliesTo(client));
            }

            LedgerLine ledger = jar.end();
            assertEquals(1, ledger.get("refused.max_connections_per_address"), ledger::toString);
            assertEquals(LIMIT + 1, ledger.get("accepted"));
        }
    }

    @Test
    void keepsDescriptorsForItselfByDefault() throws Exception {
        try (ServerJar jar = ServerJar.with()
                .under(DebianTool.PRLIMIT.command("--nofile=128"))
                .serve()) {
            served(jar, 64);
            assertEquals(0, repliesTo(connect("127.0.0.1", jar)));

            leave();
            assertEquals(1, jar.end().get("refused.max_connections"));
        }
    }

    private List<Socket> served(ServerJar jar, int count) throws IOException {
        List<Socket> inside = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket client = connect("127.0.0.1", jar);
            assertEquals(1, repliesTo(client));
            inside.add(client);
        }
        return inside;
    }

    private Socket connect(String from, ServerJar jar) throws IOException {
        Socket client = new Socket(ServerJar.LOOPBACK, jar.tcpPort(), InetAddress.getByName(from), 0);
        client.setSoTimeout(READ_LIMIT_MILLIS);
        clients.add(client);
        return client;
    }

    /** {@return 1, or 0 if the connection is closed} */
    private static int repliesTo(Socket client) throws IOException {
        try {
            client.getOutputStream().write('x');
            int length = ServerSettings.DEFAULT_REPLY.length();
            return client.getInputStream().readNBytes(length).length / length;
        } catch (SocketException closed) {
            return 0;
        }
    }

    /** The server has closed its side before this returns. */
    private static void leave(Socket client) throws IOException {
        client.shutdownOutput();
        assertEquals(-1, client.getInputStream().read());
    }
}
