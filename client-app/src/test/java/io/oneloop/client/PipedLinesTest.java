package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PipedLinesTest {

    private final ByteArrayOutputStream prompts = new ByteArrayOutputStream();

    private PipedLines lines(InputStream in, int maxBytes) {
        return new PipedLines(in, prompts, StandardCharsets.UTF_8, maxBytes, Messages.in(Language.EN));
    }

    @Test
    void splitsAtLineFeedsAndKeepsAllOtherBytes() throws IOException {
        byte[] input = {'a', (byte) 0xff, '\n', '\n', 'b', '\r', '\n', 'c'};
        PipedLines lines = lines(new ByteArrayInputStream(input), 10);
        assertArrayEquals(new byte[] {'a', (byte) 0xff}, lines.next("1"));
        assertArrayEquals(new byte[0], lines.next("2"));
        assertArrayEquals(new byte[] {'b', '\r'}, lines.next("3"));
        assertArrayEquals(new byte[] {'c'}, lines.next("4"));
        assertNull(lines.next("问"));
        assertEquals("1234问", prompts.toString(StandardCharsets.UTF_8));
    }

    @Test
    void saysWhatCannotBeReadOrWritten() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Is a directory");
            }
        };
        CommandFailure unread =
                assertThrows(CommandFailure.class, () -> lines(broken, 10).next(""));
        assertEquals("read stdin: Is a directory.", unread.getMessage());
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        PipedLines unasked = new PipedLines(
                InputStream.nullInputStream(), full, StandardCharsets.UTF_8, 10, Messages.in(Language.EN));
        CommandFailure unwritten = assertThrows(CommandFailure.class, () -> unasked.next("?"));
        assertEquals(
                "write stdout: No space left on device: the disk is full, or whoever read the output has gone.",
                unwritten.getMessage());
    }

    @Test
    void refusesALineThatNeverEndsBeforeItFillsTheMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        CommandFailure failure =
                assertThrows(CommandFailure.class, () -> lines(endless, 1000).next(""));
        assertEquals(ExitCode.WRONG_USE, failure.outcome().exitCode());
        assertEquals("A line is longer than 1000 bytes: split it.", failure.getMessage());
    }
}
