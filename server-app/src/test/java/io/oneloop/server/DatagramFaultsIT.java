package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 10: datagrams that cannot be answered. Each must cost itself alone: the next one is answered. */
@Tag("overload")
@Timeout(300)
class DatagramFaultsIT {

    /** The loopback interface gets a network with a broadcast address. */
    private static final String NETWORK = "ip address add 10.9.8.1/24 broadcast 10.9.8.255 dev lo";

    private static final String FIREWALL = """
            nft 'table ip oneloop {
                chain output {
                    type filter hook output priority 0;
                    udp sport 7788 udp dport 4444 drop
                }
            }'
            """.strip();

    @Test
    void countsWhatCannotBeAnsweredAndAnswersTheNext() throws Exception {
        new DebianTool("nft", "nftables").installed();
        ServerJar.Launch launch = RunningJar.with("--udp-port", "7788");
        try (RunningJar jar = OwnNetwork.serve(launch, NETWORK + " && " + FIREWALL);
                OwnNetwork.Program sender = new OwnNetwork.Program(jar, "datagrams.py", 7788)) {
            sender.command("ordinary", "answered");
            sender.command("from-port-zero", "sent");
            sender.command("ordinary", "answered");
            sender.command("from-broadcast", "sent");
            sender.command("ordinary", "answered");
            sender.command("from-port 4444", "sent");
            sender.command("ordinary", "answered");
            noBufferSpace(jar, sender);
            sender.command("ordinary", "answered");

            LedgerLine ledger = jar.stop();
            assertEquals(9, ledger.get("udp.received"));
            assertEquals(5, ledger.get("udp.answered"));
            assertEquals(1, ledger.get("udp.refused.low_source_port"));
            assertEquals(3, ledger.get("udp.dropped.send_refused"));
        }
    }

    private static void noBufferSpace(RunningJar jar, OwnNetwork.Program sender) throws Exception {
        try (Strace strace = new Strace(jar, "trace=sendto,epoll_wait", "inject=sendto:error=ENOBUFS:when=1")) {
            sender.command("from-port 4445", "sent");
            await().until(() -> strace.count("ENOBUFS") == 1);
        }
    }
}
