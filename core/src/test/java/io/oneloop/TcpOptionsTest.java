package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TcpOptionsTest {

    private static final long YEAR_MILLIS = 31_536_000_000L;

    @Test
    void defaultsAreThoseOfTheDescription() {
        TcpOptions options = TcpOptions.DEFAULT;
        assertEquals(4096, options.backlog());
        assertEquals(64, options.acceptsPerTurn());
        assertEquals(Integer.MAX_VALUE, options.maxConnections());
        assertEquals(65_536, options.highWaterBytes());
        assertEquals(1_048_576, options.maxPendingBytes());
        assertEquals(true, options.noDelay());
        assertEquals(10_000, options.connectTimeoutMillis());
        assertEquals(0, options.idleTimeoutMillis());
        assertEquals(30_000, options.writeTimeoutMillis());
        assertEquals(5_000, options.closeTimeoutMillis());
    }

    @Test
    void builderSetsEachValueInItsPlace() {
        TcpOptions options = TcpOptions.builder()
                .backlog(1)
                .acceptsPerTurn(2)
                .maxConnections(3)
                .highWaterBytes(4)
                .maxPendingBytes(5)
                .noDelay(false)
                .connectTimeoutMillis(6)
                .idleTimeoutMillis(7)
                .writeTimeoutMillis(8)
                .closeTimeoutMillis(9)
                .build();
        assertEquals(1, options.backlog());
        assertEquals(2, options.acceptsPerTurn());
        assertEquals(3, options.maxConnections());
        assertEquals(4, options.highWaterBytes());
        assertEquals(5, options.maxPendingBytes());
        assertEquals(false, options.noDelay());
        assertEquals(6, options.connectTimeoutMillis());
        assertEquals(7, options.idleTimeoutMillis());
        assertEquals(8, options.writeTimeoutMillis());
        assertEquals(9, options.closeTimeoutMillis());
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void namesTheValueThatIsOutOfRange(Consumer<TcpOptions.Builder> setting, String message) {
        TcpOptions.Builder builder = TcpOptions.builder();
        setting.accept(builder);
        Exception error = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals(message, error.getMessage());
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                row(b -> b.backlog(0), "backlog is 0, but must be 1 to 65535"),
                row(b -> b.backlog(65_536), "backlog is 65536, but must be 1 to 65535"),
                row(b -> b.acceptsPerTurn(0), "acceptsPerTurn is 0, but must be 1 to 65536"),
                row(b -> b.maxConnections(0), "maxConnections is 0, but must be 1 to 2147483647"),
                row(b -> b.highWaterBytes(0), "highWaterBytes is 0, but must be 1 to 1073741824"),
                row(
                        b -> b.maxPendingBytes(Integer.MAX_VALUE),
                        "maxPendingBytes is 2147483647, but must be 1 to 1073741824"),
                row(b -> b.connectTimeoutMillis(-1), "connectTimeoutMillis is -1, but must be 0 to " + YEAR_MILLIS),
                row(
                        b -> b.idleTimeoutMillis(YEAR_MILLIS + 1),
                        "idleTimeoutMillis is 31536000001, but must be 0 to " + YEAR_MILLIS),
                row(b -> b.writeTimeoutMillis(-1), "writeTimeoutMillis is -1, but must be 0 to " + YEAR_MILLIS),
                row(b -> b.closeTimeoutMillis(-1), "closeTimeoutMillis is -1, but must be 0 to " + YEAR_MILLIS));
    }

    private static Arguments row(Consumer<TcpOptions.Builder> setting, String message) {
        return Arguments.of(setting, message);
    }
}
