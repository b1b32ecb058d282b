package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7890|Address already in use|tcp port 7890 is in use; stop the program that has it, or choose another with --tcp-port (0 takes a free one)",
                "80|Permission denied|no right to tcp port 80: ports below 1024 are for root or need CAP_NET_BIND_SERVICE; choose one from 1024 on with --tcp-port",
                "7890|Permission denied|cannot serve tcp port 7890",
                "7890|Cannot assign requested address|192.0.2.1 is no address of this machine; choose another with --host, or leave it out for all",
                "7890|Too many open files|no descriptor left for tcp port 7890; raise the limit with ulimit -n",
                "7890|Something else|cannot serve tcp port 7890",
                "7890||cannot serve tcp port 7890"
            })
    void saysWhyAndWhatToDo(int port, String cause, String sentence) {
        WrongUse error = BindError.explain(
                "tcp", new InetSocketAddress("192.0.2.1", port), new IOException(cause), Messages.in(Language.EN));

        assertEquals(sentence + " [" + cause + "]", error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 7890, tcp port 7890 is in use",
        "192.0.2.1, 7890, 192.0.2.1 is no address of this machine",
        "192.0.2.1, 80, 192.0.2.1 is no address of this machine",
        "127.0.0.1, 80, no right to tcp port 80"
    })
    void decidesByFactsWhereTheSystemDoesNotSpeakEnglish(String host, int port, String sentence) {
        IOException error = new IOException("bind tcp: 错误", new BindException("错误"));

        String message = BindError.explain("tcp", new InetSocketAddress(host, port), error, Messages.in(Language.EN))
                .getMessage();

        assertTrue(message.startsWith(sentence), message);
    }

    @Test
    void saysThatThereIsNoIpv6() {
        IOException error = new IOException("bind tcp", new UnsupportedAddressTypeException());
        assertEquals(
                "cannot serve tcp port 7890 on ::1: this machine or this JVM has no IPv6; choose an IPv4 address with"
                        + " --host, or leave it out for all",
                BindError.explain("tcp", new InetSocketAddress("::1", 7890), error, Messages.in(Language.EN))
                        .getMessage());
    }
}
