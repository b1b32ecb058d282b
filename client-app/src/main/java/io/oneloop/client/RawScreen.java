package io.oneloop.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** For programs: the peer's bytes as they are on stdout, notes on stderr. */
final class RawScreen implements Screen {

    private final OutputStream out;
    private final PrintStream err;

    RawScreen(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void data(byte[] bytes, boolean whole) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    public void note(String line) {
        err.println(line);
    }

    @Override
    public void end() {}
}
