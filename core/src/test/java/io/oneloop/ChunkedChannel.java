package io.oneloop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** Moves no more bytes per call than the platform allows: forces short reads and short writes, down to none. */
final class ChunkedChannel implements ByteChannel {

    private final SocketChannel channel;
    private final TestPlatform platform;

    ChunkedChannel(SocketChannel channel, TestPlatform platform) {
        this.channel = channel;
        this.platform = platform;
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        platform.reads++;
        if (platform.readFailure != null) {
            throw platform.readFailure;
        }
        if (platform.emptyReads > 0) {
            platform.emptyReads--;
            return 0;
        }
        ByteBuffer part = target.slice().limit(Math.min(target.remaining(), platform.readChunk));
        int n = channel.read(part);
        target.position(target.position() + Math.max(n, 0));
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        platform.writes++;
        platform.heapWrites += source.isDirect() ? 0 : 1;
        if (platform.writeFailure != null && --platform.writesBeforeFailure < 0) {
            throw platform.writeFailure;
        }
        if (platform.writeError != null) {
            throw platform.writeError;
        }
        ByteBuffer part = source.slice().limit(Math.min(source.remaining(), platform.writeChunk));
        int n = channel.write(part);
        source.position(source.position() + n);
        return n;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
