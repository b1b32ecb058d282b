package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.oneloop.client.HostResolver.Family;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostResolverTest {

    private final Messages messages = Messages.in(Language.EN);
    private final List<String> told = new ArrayList<>();
    private final HostResolver resolver = new HostResolver(messages, Narrator.telling(messages, told::add));

    @Test
    void takesALiteralAddressWithoutAWord() {
        assertEquals(List.of(new InetSocketAddress("::1", 80)), resolver.resolve("::1", 80, Family.ANY));
        assertEquals(List.of(), told);
    }

    @Test
    void tellsWhatANameStandsFor() {
        List<InetSocketAddress> addresses = resolver.resolve("localhost", 80, Family.IPV4);
        assertEquals("127.0.0.1", addresses.get(0).getAddress().getHostAddress());
        assertEquals(List.of("* name resolved: localhost is 127.0.0.1"), told);
    }

    @Test
    void refusesAHostWithoutAnAddressOfTheFamily() {
        CommandFailure noIpv4 = assertThrows(CommandFailure.class, () -> resolver.resolve("::1", 80, Family.IPV4));
        assertEquals("::1 has no IPv4 address. Try without -4.", noIpv4.getMessage());
        CommandFailure noIpv6 =
                assertThrows(CommandFailure.class, () -> resolver.resolve("127.0.0.1", 80, Family.IPV6));
        assertEquals("127.0.0.1 has no IPv6 address. Try without -6.", noIpv6.getMessage());
        assertEquals(ExitCode.NETWORK_FAILURE, noIpv6.outcome().exitCode());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7890, 127.0.0.1 7890",
        "localhost:7890, localhost 7890",
        "tcp://localhost:7890, localhost 7890",
        "[::1]:7890, ::1 7890"
    })
    void saysHowToWriteAHostAndItsPort(String host, String apart) {
        CommandFailure both = assertThrows(CommandFailure.class, () -> resolver.resolve(host, 80, Family.ANY));
        assertEquals(host + ": the host and its port are two words here: write " + apart + ".", both.getMessage());
        assertEquals(ExitCode.WRONG_USE, both.outcome().exitCode());
    }

    @Test
    void refusesAnEmptyHost() {
        CommandFailure empty = assertThrows(CommandFailure.class, () -> resolver.resolve("", 80, Family.ANY));
        assertEquals("The host is empty: name the machine to talk to, such as 127.0.0.1.", empty.getMessage());
        assertEquals(ExitCode.WRONG_USE, empty.outcome().exitCode());
    }
}
