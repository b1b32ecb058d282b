package io.oneloop;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the messages in a stream of bytes. TCP keeps no boundaries: one read may end in the middle of a message, or hold
 * several. A framer keeps the unfinished one, so each connection needs its own:
 *
 * <pre>{@code
 * public void onOpen(TcpConnection connection) {
 *     connection.attach(Framer.lines(1024));
 * }
 *
 * public void onData(TcpConnection connection, ByteBuffer data) {
 *     ((Framer) connection.attachment()).feed(data, line -> connection.send(line));
 * }
 * }</pre>
 *
 * <p>Frames go on coming until what was fed is used up, even if one of them has had the connection closed: a handler that
 * closes looks at {@link TcpConnection#isOpen()} before it takes the next. An unfinished frame at the end of the stream is
 * counted by {@link #unfinishedBytes()}.
 *
 * <p>A frame that lies whole in what is fed is not copied. Memory is taken only for a frame that has come in part, and
 * never more than the maximum. Not safe for use by several threads.
 */
public abstract sealed class Framer {

    /** A frame longer than the maximum. Thrown in a handler, it ends the connection that sent it. */
    public static final class FrameTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FrameTooLongException(String message) {
            super(message);
        }
    }

    private static final int FIRST_CAPACITY = 64;
    private static final byte[] EMPTY = {};

    private final int maxPartBytes;
    private byte[] part = EMPTY;
    private int partSize;

    private Framer(int maxPartBytes) {
        this.maxPartBytes = maxPartBytes;
    }

    /**
     * Lines that end in {@code \n} or {@code \r\n}, given without it.
     *
     * @param maxBytes the longest line without its end, 1 to 2^30
     */
    public static Framer lines(int maxBytes) {
        TcpOptions.check("maxBytes", maxBytes, 1, 1 << 30);
        return new Lines(maxBytes);
    }

    /**
     * Frames of one length.
     *
     * @param bytes the length, 1 to 2^30
     */
    public static Framer fixedLength(int bytes) {
        TcpOptions.check("bytes", bytes, 1, 1 << 30);
        return new FixedLength(bytes);
    }

    /**
     * Frames that follow their length, which is unsigned, big-endian, and does not count itself. Given without it.
     *
     * @param prefixBytes the bytes of the length: 1, 2 or 4
     * @param maxBytes the longest frame without its prefix, 0 to 2^30
     */
    public static Framer lengthPrefixed(int prefixBytes, int maxBytes) {
        if (prefixBytes != 1 && prefixBytes != 2 && prefixBytes != 4) {
            throw new IllegalArgumentException("prefixBytes is " + prefixBytes + ", but must be 1, 2 or 4");
        }
        TcpOptions.check("maxBytes", maxBytes, 0, 1 << 30);
        return new LengthPrefixed(prefixBytes, maxBytes);
    }

    /**
     * Takes the next bytes of the stream, all of them, and gives each frame that they complete to {@code onFrame}. The
     * frame is valid during that call only, from its position to its limit, and has the byte order of {@code data}.
     *
     * @throws FrameTooLongException if a frame is longer than the maximum. The stream cannot be followed any further;
     *     the frames before it were given
     */
    public void feed(ByteBuffer data, Consumer<ByteBuffer> onFrame) {
        int end = data.limit();
        try {
            while (partSize > 0 && data.hasRemaining()) {
                complete(data, onFrame);
            }
            int length;
            while (data.hasRemaining() && (length = frameLength(data)) >= 0) {
                int next = data.position() + length;
                strip(data.limit(next));
                onFrame.accept(data);
                data.limit(end).position(next);
            }
            keep(data, data.remaining());
        } finally {
            // An onFrame that throws must not leave the caller's buffer narrowed to one frame.
            data.limit(end);
        }
    }

    /** {@return the bytes that are kept of a frame that has come in part} In {@link TcpHandler#onEof}, what was cut off. */
    public int unfinishedBytes() {
        return partSize;
    }

    private void complete(ByteBuffer data, Consumer<ByteBuffer> onFrame) {
        keep(data, Math.min(missing(part, partSize, data), data.remaining()));
        if (missing(part, partSize, data) == 0) {
            ByteBuffer frame = ByteBuffer.wrap(part, 0, partSize).order(data.order());
            // Before the call: a frame that is given is done with, even if onFrame throws.
            part = EMPTY;
            partSize = 0;
            strip(frame);
            onFrame.accept(frame);
        }
    }

    private void keep(ByteBuffer data, int count) {
        int needed = partSize + count;
        if (needed > part.length) {
            long roomy = Math.max(FIRST_CAPACITY, 2L * needed);
            part = Arrays.copyOf(part, (int) Math.min(maxPartBytes, roomy));
        }
        data.get(part, partSize, count);
        partSize = needed;
    }

    /** {@return the bytes of the frame at the position of {@code data} with what marks its bounds, -1 if not all came} */
    abstract int frameLength(ByteBuffer data);

    /**
     * @param data what comes next, in which a line looks for its end
     * @return the bytes that the part still lacks as far as can be told: 0 only if it is a whole frame
     */
    abstract int missing(byte[] part, int partSize, ByteBuffer data);

    /** Narrows a whole frame to what is given. */
    abstract void strip(ByteBuffer frame);

    private static FrameTooLongException tooLong(String frame, long maxBytes) {
        return new FrameTooLongException(frame + " is longer than the maximum of " + maxBytes + " bytes");
    }

    private static final class Lines extends Framer {
        private final int maxBytes;

        Lines(int maxBytes) {
            super(maxBytes + 2);
            this.maxBytes = maxBytes;
        }

        @Override
        int frameLength(ByteBuffer data) {
            int end = lineEnd(data);
            int present = (end < 0 ? data.limit() : end) - data.position();
            byte last = present == 0 ? 0 : data.get(data.position() + present - 1);
            checkLength(present, last);
            return end < 0 ? -1 : present + 1;
        }

        @Override
        int missing(byte[] part, int partSize, ByteBuffer data) {
            if (part[partSize - 1] == '\n') {
                return 0;
            }
            int end = lineEnd(data);
            int more = (end < 0 ? data.limit() : end) - data.position();
            byte last = more == 0 ? part[partSize - 1] : data.get(data.position() + more - 1);
            checkLength((long) partSize + more, last);
            return end < 0 ? Math.max(1, more) : more + 1;
        }

        private static int lineEnd(ByteBuffer data) {
            for (int i = data.position(); i < data.limit(); i++) {
                if (data.get(i) == '\n') {
                    return i;
                }
            }
            return -1;
        }

        /** A final {@code \r} is part of the line's end, or will be found not to be by the byte after it. */
        private void checkLength(long present, byte last) {
            if (present - (last == '\r' ? 1 : 0) > maxBytes) {
                throw tooLong("a line", maxBytes);
            }
        }

        @Override
        void strip(ByteBuffer frame) {
            int end = frame.limit() - 1;
            if (end > frame.position() && frame.get(end - 1) == '\r') {
                end--;
            }
            frame.limit(end);
        }
    }

    private static final class FixedLength extends Framer {
        private final int bytes;

        FixedLength(int bytes) {
            super(bytes);
            this.bytes = bytes;
        }

        @Override
        int frameLength(ByteBuffer data) {
            return data.remaining() < bytes ? -1 : bytes;
        }

        @Override
        int missing(byte[] part, int partSize, ByteBuffer data) {
            return bytes - partSize;
        }

        @Override
        void strip(ByteBuffer frame) {}
    }

    private static final class LengthPrefixed extends Framer {
        private final int prefixBytes;
        private final int maxBytes;

        LengthPrefixed(int prefixBytes, int maxBytes) {
            super(prefixBytes + maxBytes);
            this.prefixBytes = prefixBytes;
            this.maxBytes = maxBytes;
        }

        @Override
        int frameLength(ByteBuffer data) {
            if (data.remaining() < prefixBytes) {
                return -1;
            }
            int length = announcedLength(data);
            return data.remaining() < length ? -1 : length;
        }

        @Override
        int missing(byte[] part, int partSize, ByteBuffer data) {
            if (partSize < prefixBytes) {
                return prefixBytes - partSize;
            }
            return announcedLength(ByteBuffer.wrap(part)) - partSize;
        }

        private int announcedLength(ByteBuffer frame) {
            long announced = 0;
            for (int i = 0; i < prefixBytes; i++) {
                announced = announced << 8 | frame.get(frame.position() + i) & 0xff;
            }
            if (announced > maxBytes) {
                throw tooLong("a frame of " + announced + " bytes", maxBytes);
            }
            return prefixBytes + (int) announced;
        }

        @Override
        void strip(ByteBuffer frame) {
            frame.position(frame.position() + prefixBytes);
        }
    }
}
