package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFailureTest {

    private final Messages messages = Messages.in(Language.EN);

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), "connection refused"),
                Arguments.of(new ConnectException("Connection timed out"), "no answer in time"),
                Arguments.of(new SocketTimeoutException("no answer within 5 ms"), "no answer in time"),
                Arguments.of(new NoRouteToHostException("No route to host"), "no route to that address"),
                Arguments.of(new ConnectException("Network is unreachable"), "no route to that address"),
                Arguments.of(new SocketException("Connection reset"), "the peer broke the connection off"),
                Arguments.of(new IOException("Broken pipe"), "the peer broke the connection off"),
                Arguments.of(new PortUnreachableException(), "ICMP port unreachable"),
                Arguments.of(new IOException("Permission denied"), "Permission denied"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void hasASentenceForEach(IOException error, String says) {
        Outcome outcome = NetworkFailure.explain(messages, "tcp 192.0.2.1:1", error);
        assertEquals(ExitCode.NETWORK_FAILURE, outcome.exitCode());
        assertTrue(outcome.sentence().startsWith("tcp 192.0.2.1:1: "), outcome.sentence());
        assertTrue(outcome.sentence().contains(says), outcome.sentence());
    }

    @Test
    void doesNotAdviseALongerConnectOnceConnected() {
        IOException silence = new IOException("Connection timed out");
        String sentence =
                NetworkFailure.explainLoss(messages, "tcp 192.0.2.1:1", silence).sentence();
        assertTrue(sentence.startsWith("tcp 192.0.2.1:1: the peer no longer answers: "), sentence);
        assertFalse(sentence.contains("-w"), sentence);
    }

    @Test
    void tellsAResetFromSilence() {
        assertTrue(NetworkFailure.isReset(new SocketException("Connection reset")));
        assertTrue(NetworkFailure.isReset(new IOException("tcp x", new IOException("Broken pipe"))));
        assertFalse(NetworkFailure.isReset(new IOException("Connection timed out")));
    }

    @Test
    void looksAtTheCauseOfWhatCoreReports() {
        IOException wrapped = new IOException("connect tcp 192.0.2.1:1: x", new ConnectException("Connection refused"));
        assertTrue(NetworkFailure.explain(messages, "x", wrapped).sentence().contains("connection refused"));
    }
}
