package io.oneloop;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A machine in the test's hand: its clock, how much a channel moves per call, and what fails. Never waits. */
final class TestPlatform implements Platform {

    final ManualClock clock;
    final List<ChunkedChannel> streams = new ArrayList<>();

    int readChunk = Integer.MAX_VALUE;
    int writeChunk = Integer.MAX_VALUE;
    int emptyReads;
    IOException readFailure;
    IOException writeFailure;
    Error writeError;
    IOException acceptFailure;
    IOException selectFailure;

    int reads;
    int writes;
    /** What the loop would have waited for in its last select: -1 without a limit. */
    long lastTimeoutMillis;

    TestPlatform(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public int select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        lastTimeoutMillis = timeoutMillis;
        if (selectFailure != null) {
            IOException failure = selectFailure;
            selectFailure = null;
            throw failure;
        }
        return selector.selectNow(action);
    }

    @Override
    public SocketChannel accept(ServerSocketChannel listener) throws IOException {
        if (acceptFailure != null) {
            throw acceptFailure;
        }
        return listener.accept();
    }

    @Override
    public ByteChannel stream(SocketChannel channel) {
        ChunkedChannel stream = new ChunkedChannel(channel, this);
        streams.add(stream);
        return stream;
    }
}
