package io.oneloop;

import java.util.Arrays;

/**
 * The senders that owe replies to what was read in this turn. Reading up to 64 connections first and then writing to
 * all of them keeps the kernel's receive path and then its send path in the instruction cache: 3 to 4 % less CPU per
 * request in a prototype; docs/benchmarks.md says where that did not show.
 */
final class FlushList {

    private static final int BATCH = 64;

    /** First those that are written, and whose handlers are to be told so; then those that are to be written. */
    private TcpWriter[] writers = new TcpWriter[BATCH];

    private int written;
    private int size;
    private boolean flushing;

    /** Adds a writer that is not in the list. A full batch is written out at once. */
    void add(TcpWriter writer) {
        if (size == writers.length) {
            writers = Arrays.copyOf(writers, 2 * size);
        }
        writers[size++] = writer;
        if (size - written >= BATCH && !flushing) {
            writeBatch();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    private void writeBatch() {
        for (int i = written; i < size; i++) {
            TcpWriter writer = writers[i];
            writers[i] = null;
            if (writer.writeListed()) {
                writers[written++] = writer;
            }
        }
        size = written;
    }

    /**
     * Writes what is left, and tells those who wait for it. What they add meanwhile is the next turn's: two that answer
     * onWritable by sending to each other would hold the loop for ever.
     */
    void flush() {
        flushing = true;
        int end = size;
        try {
            for (int i = 0; i < end; i++) {
                writers[i].flushListed();
            }
        } finally {
            written = 0;
            size -= end;
            System.arraycopy(writers, end, writers, 0, size);
            Arrays.fill(writers, size, size + end, null);
            flushing = false;
        }
    }
}
