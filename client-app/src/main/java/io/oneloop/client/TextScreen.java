package io.oneloop.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** For people: harmless text on stdout, whose last line is always ended; notes on stderr, each on its own line. */
final class TextScreen implements Screen {

    private final OutputStream out;
    private final PrintStream err;
    private final Charset charset;
    private final TerminalText text = new TerminalText();
    private boolean midLine;

    TextScreen(OutputStream out, PrintStream err, Charset charset) {
        this.out = out;
        this.err = err;
        this.charset = charset;
    }

    @Override
    public void data(byte[] bytes, boolean whole) throws IOException {
        print(text.append(bytes));
        if (whole) {
            print(text.end());
            // An empty datagram is a message too.
            endLine(bytes.length == 0);
        }
    }

    @Override
    public void note(String line) throws IOException {
        endLine(false);
        err.println(line);
    }

    @Override
    public void end() throws IOException {
        print(text.end());
        endLine(false);
    }

    private void endLine(boolean always) throws IOException {
        if (midLine || always) {
            print("\n");
        }
    }

    private void print(String shown) throws IOException {
        if (!shown.isEmpty()) {
            out.write(shown.getBytes(charset));
            out.flush();
            midLine = !shown.endsWith("\n");
        }
    }
}
