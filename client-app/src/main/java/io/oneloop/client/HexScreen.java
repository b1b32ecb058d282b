package io.oneloop.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Shows the peer's bytes as a hex dump: a stream with running offsets, a datagram from offset 0. */
final class HexScreen implements Screen {

    private final Screen screen;
    private long offset;

    HexScreen(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void data(byte[] bytes, boolean whole) throws IOException {
        screen.data(HexDump.format(bytes, whole ? 0 : offset).getBytes(StandardCharsets.US_ASCII), whole);
        offset += bytes.length;
    }

    @Override
    public void note(String line) throws IOException {
        screen.note(line);
    }

    @Override
    public void lull() throws IOException {
        screen.lull();
    }

    @Override
    public void end() throws IOException {
        screen.end();
    }
}
