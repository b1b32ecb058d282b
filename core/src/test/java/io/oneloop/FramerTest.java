package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.Framer.FrameTooLongException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {

    private static List<String> feed(Framer framer, String... chunks) {
        List<String> frames = new ArrayList<>();
        for (String chunk : chunks) {
            framer.feed(bytes(chunk), frame -> frames.add(text(frame)));
        }
        return frames;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(ByteBuffer frame) {
        return StandardCharsets.ISO_8859_1.decode(frame).toString();
    }

    @Test
    void endsLinesAtLineFeedWithOrWithoutCarriageReturn() {
        assertEquals(List.of("one", "two", "", ""), feed(Framer.lines(10), "one\ntwo\r\n\n\r\nrest"));
    }

    @Test
    void keepsCarriageReturnsThatEndNoLine() {
        assertEquals(List.of("a\rb", "\r"), feed(Framer.lines(10), "a\rb\n\r\r\n"));
    }

    @Test
    void joinsLineThatComesInParts() {
        assertEquals(List.of("hello", "you", "x"), feed(Framer.lines(10), "he", "ll", "o\r", "\nyou\n", "x\n"));
    }

    @Test
    void takesLineOfExactlyTheMaximum() {
        assertEquals(List.of("abcde", "abcde"), feed(Framer.lines(5), "abcde\r\n", "abcde", "\r", "\n"));
    }

    @Test
    void refusesLineLongerThanTheMaximumBeforeItEnds() {
        FrameTooLongException error =
                assertThrows(FrameTooLongException.class, () -> feed(Framer.lines(5), "abc", "def"));
        assertEquals("a line is longer than the maximum of 5 bytes", error.getMessage());
        assertThrows(FrameTooLongException.class, () -> feed(Framer.lines(5), "abcdef"));
        assertThrows(FrameTooLongException.class, () -> feed(Framer.lines(5), "abcdef\n"));
        assertThrows(FrameTooLongException.class, () -> feed(Framer.lines(5), "abcde\r", "x\n"));
    }

    @Test
    void givesTheFramesBeforeOneThatIsTooLong() {
        List<String> frames = new ArrayList<>();
        Framer framer = Framer.lines(3);
        assertThrows(
                FrameTooLongException.class,
                () -> framer.feed(bytes("one\ntwo\nthree\n"), frame -> frames.add(text(frame))));
        assertEquals(List.of("one", "two"), frames);
    }

    @Test
    void cutsStreamIntoFixedLengths() {
        assertEquals(List.of("abc", "def", "ghi"), feed(Framer.fixedLength(3), "abcd", "e", "fgh", "ij"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void readsBigEndianLengths(int prefixBytes) {
        String zeros = "\0".repeat(prefixBytes - 1);
        String stream = zeros + "\3abc" + zeros + "\0" + zeros + "\1x";
        assertEquals(List.of("abc", "", "x"), feed(Framer.lengthPrefixed(prefixBytes, 3), stream));
        assertEquals(List.of("abc", "", "x"), feed(Framer.lengthPrefixed(prefixBytes, 3), stream.split("")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void givesFramesTheByteOrderOfWhatIsFedHoweverItIsSplit(int chunkBytes) {
        Framer framer = Framer.fixedLength(4);
        List<Integer> numbers = new ArrayList<>();
        byte[] stream = {7, 0, 0, 0, 8, 0, 0, 0};
        for (int i = 0; i < stream.length; i += chunkBytes) {
            ByteBuffer chunk = ByteBuffer.wrap(stream, i, chunkBytes).order(ByteOrder.LITTLE_ENDIAN);
            framer.feed(chunk, frame -> numbers.add(frame.getInt()));
        }
        assertEquals(List.of(7, 8), numbers);
    }

    @Test
    void tellsWhatTheEndOfTheStreamCutsOff() {
        Framer framer = Framer.lines(10);
        framer.feed(bytes("whole\nPAY 100"), frame -> {});
        assertEquals(7, framer.unfinishedBytes());
        framer.feed(bytes("\n"), frame -> {});
        assertEquals(0, framer.unfinishedBytes());
    }

    @Test
    void readsLengthsAsUnsigned() {
        String frame = "x".repeat(0xfffe);
        assertEquals(List.of(frame), feed(Framer.lengthPrefixed(2, 0xffff), "\u00ff\u00fe" + frame));
    }

    @Test
    void refusesAnnouncedLengthBeforeItComes() {
        FrameTooLongException error = assertThrows(
                FrameTooLongException.class, () -> feed(Framer.lengthPrefixed(4, 100), "\u00ff\u00ff", "\u00ff\u00ff"));
        assertEquals("a frame of 4294967295 bytes is longer than the maximum of 100 bytes", error.getMessage());
        assertThrows(FrameTooLongException.class, () -> feed(Framer.lengthPrefixed(1, 100), "\u0065"));
    }

    @Test
    void givesWholeFrameWithoutCopyingIt() {
        ByteBuffer data = bytes("one\ntwo\n");
        Framer.lines(10).feed(data, frame -> assertSame(data, frame));
        assertFalse(data.hasRemaining());
        assertEquals(8, data.limit());
    }

    @Test
    void consumesDataWhateverTheHandlerLeavesUnread() {
        List<Integer> sizes = new ArrayList<>();
        ByteBuffer data = bytes("one\ntwo!\nrest");
        Framer.lines(10).feed(data, frame -> sizes.add(frame.remaining()));
        assertEquals(List.of(3, 4), sizes);
        assertFalse(data.hasRemaining());
    }

    @Test
    void restoresTheLimitWhenTheHandlerThrows() {
        ByteBuffer data = bytes("one\ntwo\n");
        assertThrows(IllegalStateException.class, () -> Framer.lines(10).feed(data, frame -> {
            throw new IllegalStateException("handler");
        }));
        assertEquals(8, data.limit());
    }

    @Test
    void givesFrameOnceEvenIfTheHandlerThrows() {
        Framer framer = Framer.lines(10);
        feed(framer, "on");
        assertThrows(
                IllegalStateException.class,
                () -> framer.feed(bytes("e\n"), frame -> {
                    throw new IllegalStateException("handler");
                }));
        assertEquals(List.of("two"), feed(framer, "two\n"));
    }

    @Test
    void namesSettingThatIsOutOfRange() {
        assertEquals(
                "maxBytes is 0, but must be 1 to 1073741824",
                assertThrows(IllegalArgumentException.class, () -> Framer.lines(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Framer.fixedLength(0));
        assertThrows(IllegalArgumentException.class, () -> Framer.lengthPrefixed(2, -1));
        assertEquals(
                "prefixBytes is 3, but must be 1, 2 or 4",
                assertThrows(IllegalArgumentException.class, () -> Framer.lengthPrefixed(3, 10))
                        .getMessage());
    }

    @Property
    void anySplitGivesTheSameLines(@ForAll("lineStreams") String stream, @ForAll long seed) {
        sameHoweverItIsSplit(() -> Framer.lines(4), stream, seed);
    }

    @Property
    void anySplitGivesTheSameFixedLengths(
            @ForAll("lineStreams") String stream, @ForAll @IntRange(min = 1, max = 9) int bytes, @ForAll long seed) {
        sameHoweverItIsSplit(() -> Framer.fixedLength(bytes), stream, seed);
    }

    @Property
    void anySplitGivesTheSameLengthPrefixedFrames(
            @ForAll @Size(max = 20) List<@IntRange(max = 300) Integer> lengths,
            @ForAll("prefixes") int prefixBytes,
            @ForAll long seed) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int length : lengths) {
            int announced = prefixBytes == 1 ? length % 256 : length;
            for (int i = prefixBytes - 1; i >= 0; i--) {
                stream.write(announced >>> 8 * i);
            }
            stream.writeBytes("x".repeat(announced).getBytes(StandardCharsets.ISO_8859_1));
        }
        List<String> frames = sameHoweverItIsSplit(
                () -> Framer.lengthPrefixed(prefixBytes, 290), stream.toString(StandardCharsets.ISO_8859_1), seed);
        assertTrue(frames.contains("too long") || frames.size() == lengths.size());
    }

    @Provide
    Arbitrary<String> lineStreams() {
        return Arbitraries.strings().withChars("ab\r\n\n").ofMaxLength(60);
    }

    @Provide
    Arbitrary<Integer> prefixes() {
        return Arbitraries.of(1, 2, 4);
    }

    /** The frames of {@code stream}, cut at random; ends with "too long" where that was thrown. */
    private static List<String> sameHoweverItIsSplit(Supplier<Framer> framers, String stream, long seed) {
        List<String> whole = feedUntilTooLong(framers.get(), List.of(stream));
        Random random = new Random(seed);
        List<String> chunks = new ArrayList<>();
        for (int at = 0; at < stream.length(); ) {
            int next = Math.min(stream.length(), at + random.nextInt(12));
            chunks.add(stream.substring(at, next));
            at = next;
        }
        assertEquals(whole, feedUntilTooLong(framers.get(), chunks));
        assertEquals(whole, feedUntilTooLong(framers.get(), List.of(stream.split(""))));
        return whole;
    }

    private static List<String> feedUntilTooLong(Framer framer, List<String> chunks) {
        List<String> frames = new ArrayList<>();
        try {
            chunks.forEach(chunk -> framer.feed(bytes(chunk), frame -> frames.add(text(frame))));
        } catch (FrameTooLongException e) {
            frames.add("too long");
        }
        return frames;
    }
}
