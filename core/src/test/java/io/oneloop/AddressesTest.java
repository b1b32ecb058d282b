package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    /** The examples of RFC 5952, sections 4 and 2. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8:0:0:0:0:0:0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::AAAA, 2001:db8::1:0:0:aaaa",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "127.0.0.1, 127.0.0.1"
    })
    void writesAddressesInCanonicalForm(String given, String written) throws UnknownHostException {
        assertEquals(written, Addresses.format(InetAddress.getByName(given)));
    }

    @Test
    void bracketsAddressBeforeItsPort() throws UnknownHostException {
        assertEquals("[::1]:7890", Addresses.format(new InetSocketAddress(InetAddress.getByName("::1"), 7890)));
        assertEquals("127.0.0.1:7", Addresses.format(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 7)));
    }

    @Test
    void namesHostThatIsNotResolved() {
        assertEquals("db.invalid:80", Addresses.format(InetSocketAddress.createUnresolved("db.invalid", 80)));
    }

    @Test
    void keepsTheZone() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        assertEquals("fe80::1%7", Addresses.format(Inet6Address.getByAddress(null, linkLocal, 7)));
    }

    @Test
    void refusesHostThatIsNotResolved() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("db.invalid", 80);
        Exception error = assertThrows(IllegalArgumentException.class, () -> Addresses.requireResolved(unresolved));
        assertEquals("unknown host: db.invalid", error.getMessage());
    }

    @Property
    void readsBackWhatItWrote(@ForAll("addresses") byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        String written = Addresses.format(address);
        assertEquals(address, InetAddress.getByName(written));
        assertFalse(written.contains(":::"));
    }

    /** Zeros often, since runs of them are what is hard. */
    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<Byte> bytes =
                Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just((byte) 0)), Tuple.of(1, Arbitraries.bytes()));
        return bytes.array(byte[].class).ofSize(16);
    }
}
