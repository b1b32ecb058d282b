package io.oneloop;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work handed to the loop by other threads: the one door in. {@link #add} is safe from any thread. */
final class TaskQueue {

    /** So that tasks which hand in further tasks do not starve the sockets. */
    private static final int MAX_PER_TURN = 1024;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Runnable wakeup;
    private final AtomicBoolean wakeupPending = new AtomicBoolean();
    private volatile boolean closed;

    /** @param wakeup makes the loop's select return */
    TaskQueue(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /** @return false, with the task not taken, once the queue is closed */
    boolean add(Runnable task, boolean inLoop) {
        tasks.add(task);
        if (closed && tasks.remove(task)) {
            return false;
        }
        // One wakeup is enough for any number of tasks until the loop has seen it.
        if (!inLoop && wakeupPending.compareAndSet(false, true)) {
            wakeup.run();
        }
        return true;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Whether a select may have returned because of {@link #add}. */
    boolean isWakeupPending() {
        return wakeupPending.get();
    }

    /** Runs what is there. The flag is lowered first: a task that is added from then on wakes the next select. */
    void run(Callbacks callbacks) {
        // A read is cheaper than a write of a line that other threads look at.
        if (wakeupPending.get()) {
            wakeupPending.set(false);
        }
        Runnable task;
        for (int i = 0; i < MAX_PER_TURN && (task = tasks.poll()) != null; i++) {
            callbacks.run("task", task);
        }
    }

    /** Takes no more, and runs what was taken before. */
    void close(Callbacks callbacks) {
        closed = true;
        Runnable task;
        while ((task = tasks.poll()) != null) {
            callbacks.run("task", task);
        }
    }

    /** Waits for a task that was added. An interrupt is kept for later: the loop answers at once or has ended. */
    static <T> T await(Future<T> task) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw asIoException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException asIoException(Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }

    static RejectedExecutionException rejected(String loop) {
        return new RejectedExecutionException("event loop '" + loop + "' has ended");
    }
}
