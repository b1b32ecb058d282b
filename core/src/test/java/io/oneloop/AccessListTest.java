package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessListTest {

    @Test
    void withoutBlocksIsEveryone() {
        assertSame(AccessList.EVERYONE, AccessList.of(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.255.0.1,          true",
        "10.0.0.0/8,      11.0.0.1,            false",
        "192.0.2.128/25,  192.0.2.127,         false",
        "192.0.2.128/25,  192.0.2.128,         true",
        "192.0.2.1,       192.0.2.1,           true",
        "192.0.2.1,       192.0.2.2,           false",
        "0.0.0.0/0,       203.0.113.9,         true",
        "0.0.0.0/0,       2001:db8::1,         false",
        "2001:db8::/33,   2001:db8:7fff::1,    true",
        "2001:db8::/33,   2001:db8:8000::1,    false",
        "::1,             ::1,                 true",
        "::ffff:10.0.0.1, 10.0.0.1,            true",
        "::ffff:10.0.0.1, 10.0.0.2,            false",
        "::ffff:a00:0/104, 10.255.0.1,         true",
        "::ffff:a00:0/104, 11.0.0.1,           false",
        "::ffff:0:0/96,   203.0.113.9,         true",
    })
    void permitsWhatAnAllowedBlockHolds(String block, String address, boolean permitted) throws Exception {
        assertTrue(AccessList.of(List.of(block), List.of()).permits(ip(address)) == permitted);
        assertTrue(AccessList.of(List.of(), List.of(block)).permits(ip(address)) == !permitted);
    }

    @Test
    void permitsEveryoneByDefault() throws Exception {
        assertTrue(AccessList.EVERYONE.permits(ip("203.0.113.9")));
        assertTrue(AccessList.of(List.of(), List.of()).permits(ip("2001:db8::1")));
    }

    @Test
    void deniesWithinWhatIsAllowed() throws Exception {
        AccessList list = AccessList.of(List.of("10.0.0.0/8", "::/0"), List.of("10.1.0.0/16"));
        assertTrue(list.permits(ip("10.2.0.1")));
        assertFalse(list.permits(ip("10.1.2.3")));
        assertTrue(list.permits(ip("2001:db8::1")));
        assertFalse(list.permits(ip("192.0.2.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/-0",
                "10.0.0.0/+8",
                "10.0.0.0/0000000008",
                ".:1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "::/129",
                "::ffff:10.0.0.1/24",
                "::ffff:10.0.0.1/129",
                "example.com",
                "10.1",
                "999.1.1.1",
                "1.2.3.256/8",
                ":::",
                "localhost/8",
                "10.0.0.0/x"
            })
    void refusesWhatIsNoAddressBlockWithoutAskingANameServer(String block) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> AccessList.of(List.of(block), List.of()));
        assertTrue(e.getMessage().startsWith("'" + block + "' is no address block"), e::getMessage);
    }

    private static InetAddress ip(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }
}
