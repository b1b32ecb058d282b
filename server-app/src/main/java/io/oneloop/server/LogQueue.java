package io.oneloop.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Takes lines from the event loop without ever blocking it, and writes them on a thread of its own. When that thread
 * cannot keep up, or whoever reads the log has stopped reading, lines are left out and counted. Safe from any thread.
 */
final class LogQueue {

    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> lines;
    private final LongConsumer reportLeftOut;
    private final AtomicLong leftOut = new AtomicLong();
    private final List<Runnable> batch;
    private final Thread thread = new Thread(this::run, "log");
    /** The lines of the batch that are not written yet. */
    private volatile int inBatch;

    /**
     * @param capacity the most lines that wait
     * @param reportLeftOut writes how many lines were left out; runs on the queue's thread
     */
    LogQueue(int capacity, LongConsumer reportLeftOut) {
        lines = new ArrayBlockingQueue<>(capacity);
        // All that it ever holds: a list that has to grow loses lines when memory is short.
        batch = new ArrayList<>(capacity + 1);
        this.reportLeftOut = reportLeftOut;
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return whether a line would be taken now; if not, one is counted as left out} */
    boolean hasRoom() {
        boolean room = lines.remainingCapacity() > 0;
        if (!room) {
            leftOut.incrementAndGet();
        }
        return room;
    }

    /** Has {@code line} put together and written on the queue's thread, or counts it as left out. */
    void add(Runnable line) {
        if (!lines.offer(line)) {
            leftOut.incrementAndGet();
        }
    }

    /**
     * Writes what waits and ends the thread, but takes no longer than {@code limit}.
     *
     * @return how many lines nobody will see
     */
    long close(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean told = lines.offer(END, limit.toNanos(), TimeUnit.NANOSECONDS);
        if (told) {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
        }
        long ends = told && thread.isAlive() ? 1 : 0;
        return leftOut.get() + inBatch + lines.size() - ends;
    }

    private void run() {
        try {
            while (!batch.contains(END)) {
                writeNext();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong, such as that memory runs out, there is a next time. */
    private void writeNext() throws InterruptedException {
        batch.clear();
        try {
            batch.add(lines.take());
            lines.drainTo(batch);
            inBatch = batch.size();
            // What did not fit by now came after the lines of this batch, so it is told after them.
            long count = leftOut.get();
            batch.forEach(this::write);
            if (count > 0) {
                reportLeftOut.accept(count);
                leftOut.addAndGet(-count);
            }
        } catch (RuntimeException | Error e) {
            // The count stands, and is told next time.
        }
    }

    /** One line that cannot be written must not be the last. */
    private void write(Runnable line) {
        try {
            line.run();
        } catch (RuntimeException | Error e) {
            leftOut.incrementAndGet();
        }
        inBatch--;
    }
}
