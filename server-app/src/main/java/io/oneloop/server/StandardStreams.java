package io.oneloop.server;

import java.io.FileDescriptor;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Sees to it that stdout and stderr can say what there is to say. */
final class StandardStreams {

    static final WatchedOutput OUT = new WatchedOutput(FileDescriptor.out);
    static final WatchedOutput ERR = new WatchedOutput(FileDescriptor.err);

    private static final String SAMPLE = "等待";

    private static volatile Charset charset = StandardCharsets.UTF_8;

    private StandardStreams() {}

    /**
     * In the C locale, which is what services and containers mostly run in, Java writes a question mark for every
     * character beyond ASCII. Whoever reads that output expects UTF-8.
     */
    static void useEncodingFitForText() {
        charset = fitForText(
                System.getProperty("stdout.encoding"),
                System.getProperty("sun.stdout.encoding"),
                System.getProperty("native.encoding"));
        System.setOut(new PrintStream(OUT, true, charset));
        System.setErr(new PrintStream(ERR, true, charset));
    }

    /** {@return what stdout and stderr are written in} Safe from any thread. */
    static Charset charset() {
        return charset;
    }

    /** {@return the first charset that was set, if it has Chinese characters, else UTF-8} */
    static Charset fitForText(String... candidates) {
        for (String name : candidates) {
            Charset charset = named(name);
            if (charset == null) {
                continue;
            }
            boolean fits = charset.canEncode() && charset.newEncoder().canEncode(SAMPLE);
            return fits ? charset : StandardCharsets.UTF_8;
        }
        return StandardCharsets.UTF_8;
    }

    /** {@return the charset, or null if there is none of this name, or none could have it} */
    private static Charset named(String name) {
        try {
            // Not to ask for "" spares a start 17 ms: the JDK looks for what it does not know in every jar.
            return name == null || name.isEmpty() ? null : Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
