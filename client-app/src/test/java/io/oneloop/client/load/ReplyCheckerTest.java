package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.oneloop.client.load.ReplyChecker.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplyCheckerTest {

    private static final byte[] REPLY = "hahahahah----ok---".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLIES = 200;

    /** However the stream is cut into reads, exactly the replies with a changed byte are wrong. */
    @Property(tries = 300)
    void findsEveryWrongByteAcrossReads(
            @ForAll @Size(max = 20) Set<@IntRange(max = 18 * REPLIES - 1) Integer> wrongAt,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 70) Integer> cuts) {
        ByteBuffer stream = ByteBuffer.allocateDirect(REPLY.length * REPLIES);
        for (int i = 0; i < REPLIES; i++) {
            stream.put(REPLY);
        }
        wrongAt.forEach(at -> stream.put(at, (byte) ~stream.get(at)));
        ReplyChecker checker = newChecker();
        int right = 0;
        int wrong = 0;
        int from = 0;
        for (int i = 0; from < stream.capacity(); i++) {
            int to = Math.min(stream.capacity(), from + cuts.get(i % cuts.size()));
            stream.limit(to).position(from);
            while (stream.hasRemaining()) {
                Outcome outcome = checker.next(stream);
                right += outcome == Outcome.RIGHT ? 1 : 0;
                wrong += outcome == Outcome.WRONG ? 1 : 0;
            }
            from = to;
        }
        int spoilt = wrongAt.stream()
                .map(at -> at / REPLY.length)
                .collect(Collectors.toSet())
                .size();
        assertEquals(spoilt, wrong);
        assertEquals(REPLIES - spoilt, right);
        assertEquals(wrongAt.size(), checker.takeWrongBytes());
    }

    @Test
    void namesTheFirstDifference() {
        ReplyChecker checker = newChecker();
        ByteBuffer reply = ByteBuffer.allocateDirect(18).put(REPLY).flip();
        assertEquals(Outcome.RIGHT, checker.next(reply));
        assertNull(checker.firstWrong());
        reply.flip().put(9, (byte) 0x1b);
        assertEquals(Outcome.WRONG, checker.next(reply));
        assertEquals(
                "byte 10 of 18 is \\x1b instead of \\x2d", checker.firstWrong().toString());
    }

    @Test
    void forgetsHalfAReplyOnANewConnection() {
        ReplyChecker checker = newChecker();
        assertEquals(Outcome.INCOMPLETE, checker.next(ByteBuffer.allocateDirect(5)));
        checker.reset();
        assertEquals(
                Outcome.RIGHT,
                checker.next(ByteBuffer.allocateDirect(18).put(REPLY).flip()));
    }

    @Test
    void countsRepliesOfAKnownLengthWhateverTheirBytes() {
        ReplyChecker checker = ReplyChecker.ofLength(4);
        ByteBuffer data = ByteBuffer.allocateDirect(10);
        assertEquals(Outcome.RIGHT, checker.next(data));
        assertEquals(Outcome.RIGHT, checker.next(data));
        assertEquals(Outcome.INCOMPLETE, checker.next(data));
    }

    private static ReplyChecker newChecker() {
        return ReplyChecker.of(
                ByteBuffer.allocateDirect(REPLY.length).put(REPLY).flip(), REPLY.length);
    }
}
