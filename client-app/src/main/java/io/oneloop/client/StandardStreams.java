package io.oneloop.client;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The three streams of the process.
 *
 * @param in unbuffered, as bytes
 * @param out unbuffered, as bytes; unlike {@link System#out} it tells when nobody reads it any more
 * @param err for diagnostics
 * @param inIsTerminal whether a person types
 * @param outIsTerminal whether a person reads
 * @param charset what the terminal speaks
 */
public record StandardStreams(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        Charset charset) {

    static StandardStreams ofProcess() {
        Charset charset = terminalCharset();
        return new StandardStreams(
                isClosed() ? new ClosedInput() : new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
                isTerminal(0),
                isTerminal(1),
                charset);
    }

    /** Where descriptor 0 is closed, the JVM's own file of modules takes its place, and would be sent to the peer. */
    private static boolean isClosed() {
        try {
            Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
            return Files.isSameFile(Path.of("/proc/self/fd/0"), modules);
        } catch (IOException notToBeSeen) {
            return false;
        }
    }

    private static final class ClosedInput extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("Bad file descriptor");
        }
    }

    /** A POSIX locale claims ASCII, but what shows the text takes UTF-8 all but always; a '?' helps nobody. */
    static Charset terminalCharset() {
        Charset locale = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
    }

    /** {@link System#console()} knows only of both streams at once, and from JDK 22 on not even that. */
    private static boolean isTerminal(int descriptor) {
        try {
            Process test = new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                    .inheritIO()
                    .start();
            return test.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return System.console() != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
