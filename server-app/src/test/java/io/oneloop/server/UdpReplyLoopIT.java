package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 11: datagrams that would have two responders, or one and itself, answer each other for ever (CVE-2024-2169). */
@Tag("overload")
@Timeout(300)
class UdpReplyLoopIT {

    private static final String FIRST = "127.0.0.1";
    private static final String SECOND = "127.0.0.2";

    /** Ends a loop: a datagram that is refused for its rate is not answered. */
    private static final int RATE = 1000;

    /** Ends it even where the machine is too busy for a fast one: a loop that is slower than the rate goes on. */
    private static final int LOW_RATE = 20;

    @Test
    void neverAnswersItself() throws Exception {
        try (ServerJar jar = at(FIRST, 0)) {
            ForgedDatagram.send(FIRST, jar.udpPort(), FIRST, jar.udpPort(), "hello");

            LedgerLine ledger = endAfterAnsweringAnother(FIRST, jar);
            assertEquals(2, ledger.get("udp.received"), ledger::toString);
            assertEquals(1, ledger.get("udp.answered"));
            assertEquals(1, ledger.get("udp.refused.own_source_port"));
        }
    }

    @Test
    void neverAnswersAnotherResponderOnTheSamePort() throws Exception {
        try (ServerJar first = at(FIRST, 0);
                ServerJar second = at(SECOND, first.udpPort())) {
            ForgedDatagram.send(SECOND, first.udpPort(), FIRST, first.udpPort(), "hello");

            LedgerLine ledger = endAfterAnsweringAnother(FIRST, first);
            assertEquals(1, ledger.get("udp.refused.own_source_port"), ledger::toString);
            assertEquals(0, second.end().get("udp.received"));
        }
    }

    @Test
    void leavesAResponderOnAnotherPortItsFirstReply() throws Exception {
        try (ServerJar first = at(FIRST, 0);
                ServerJar second = at(SECOND, 0)) {
            ForgedDatagram.send(FIRST, first.udpPort(), SECOND, second.udpPort(), "hello");

            // The second cannot tell this from a client, so it answers; the first knows its own reply.
            assertEquals(2, endAfterAnsweringAnother(SECOND, second).get("udp.answered"));
            LedgerLine ledger = endAfterAnsweringAnother(FIRST, first);
            assertEquals(1, ledger.get("udp.refused.own_reply"), ledger::toString);
            assertEquals(1, ledger.get("udp.answered"));
        }
    }

    @Test
    void answersNoServiceThatWouldAnswerTheAnswer() throws Exception {
        try (ServerJar jar = at(FIRST, 0)) {
            for (int port : new int[] {0, 7, 19, 53, 1023}) {
                ForgedDatagram.send(FIRST, port, FIRST, jar.udpPort(), "hello");
            }

            LedgerLine ledger = endAfterAnsweringAnother(FIRST, jar);
            System.out.printf("row 11: from services: %d refused%n", ledger.get("udp.refused.low_source_port"));
            assertEquals(5, ledger.get("udp.refused.low_source_port"), ledger::toString);
            assertEquals(1, ledger.get("udp.answered"));
        }
    }

    @Test
    void answersItselfWhenToldToAnswerAnything() throws Exception {
        try (ServerJar jar = at(FIRST, 0, "--udp-answer-any", "--udp-rate", String.valueOf(RATE))) {
            await().until(() -> jar.stderr().matches("(?s).*WARN \\S+ --udp-answer-any.*"));

            ForgedDatagram.send(FIRST, jar.udpPort(), FIRST, jar.udpPort(), "hello");

            await().until(() -> receivedReplies(jar) >= RATE);
            LedgerLine ledger = jar.end();
            assertTrue(ledger.get("udp.answered") >= RATE, ledger::toString);
        }
    }

    @Test
    void answersAnotherResponderWhenBothAreToldToAnswerAnything() throws Exception {
        String[] options = {"--udp-answer-any", "--udp-rate", String.valueOf(RATE)};
        try (ServerJar first = at(FIRST, 0, options);
                ServerJar second = at(SECOND, first.udpPort(), options)) {
            ForgedDatagram.send(SECOND, first.udpPort(), FIRST, first.udpPort(), "hello");

            await().until(() -> receivedReplies(first) + receivedReplies(second) >= RATE);
            LedgerLine ofFirst = first.end();
            LedgerLine ofSecond = second.end();
            assertTrue(ofFirst.get("udp.answered") >= RATE / 2, ofFirst::toString);
            assertTrue(ofSecond.get("udp.answered") >= RATE / 2 - 1, ofSecond::toString);
        }
    }

    @Test
    void endsALoopWithAResponderThatHasAnotherReplyByTheRate() throws Exception {
        String[] rate = {"--udp-rate", String.valueOf(LOW_RATE)};
        try (ServerJar first = at(FIRST, 0, with(rate, "--reply", "one reply"));
                ServerJar second = at(SECOND, 0, with(rate, "--reply", "another reply"))) {
            long start = System.nanoTime();
            ForgedDatagram.send(FIRST, first.udpPort(), SECOND, second.udpPort(), "hello");

            await().pollInterval(Duration.ofSeconds(2)).until(new Unchanged(() -> lines(first) + lines(second)));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + 1;
            LedgerLine ofFirst = first.end();
            LedgerLine ofSecond = second.end();
            long answered = ofFirst.get("udp.answered") + ofSecond.get("udp.answered");
            System.out.printf("row 11: %d replies until a rate of %d ended the loop%n", answered, LOW_RATE);
            // One datagram was under way at any time, and its refusal was the end.
            assertEquals(
                    1, ofFirst.get("udp.refused.rate") + ofSecond.get("udp.refused.rate"), ofFirst + " " + ofSecond);
            assertTrue(answered >= LOW_RATE && answered <= 2 * LOW_RATE * (1 + seconds), ofFirst + " " + ofSecond);
        }
    }

    private static String[] with(String[] options, String... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static long lines(ServerJar jar) throws IOException {
        return jar.stderr().lines().count();
    }

    /** Whether a number is what it was when last asked for. */
    private static final class Unchanged implements Callable<Boolean> {
        private final Callable<Long> number;
        private long last = -1;

        Unchanged(Callable<Long> number) {
            this.number = number;
        }

        @Override
        public Boolean call() throws Exception {
            long before = last;
            last = number.call();
            return last == before;
        }
    }

    private static ServerJar at(String host, int udpPort, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--host", host, "--udp-port", String.valueOf(udpPort)));
        arguments.addAll(List.of(more));
        return ServerJar.with(arguments.toArray(String[]::new)).serve();
    }

    private static long receivedReplies(ServerJar jar) throws IOException {
        return jar.stderr()
                .lines()
                .filter(line -> line.endsWith(ServerSettings.DEFAULT_REPLY))
                .count();
    }

    private static LedgerLine endAfterAnsweringAnother(String host, ServerJar jar) throws Exception {
        try (DatagramClient client = DatagramClient.of(host, host, jar.udpPort())) {
            client.assertAnswered();
        }
        return jar.end();
    }
}
