package io.oneloop.client;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands what is to be shown to a thread of its own, in order, since a screen may block and the loop may not. Its methods
 * are safe from any thread.
 */
final class Output {

    /** What may wait: enough to keep a pipe busy, little enough for a small heap. */
    static final int LIMIT_BYTES = 1 << 20;

    /** Too short for a person to notice, and long enough for the rest of a line that came in pieces. */
    private static final long LULL_MILLIS = 50;

    private interface Item {
        void show(Screen screen) throws IOException;
    }

    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Screen screen;
    private final Thread thread;
    private volatile Runnable onRoom = () -> {};
    private volatile Consumer<IOException> onFailure = failure -> {};
    private boolean ended;
    private volatile IOException failure;

    Output(Screen screen) {
        this.screen = screen;
        thread = new Thread(this::run, "output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has {@code action} run, on the output's thread, when there is room again after a {@code data} that said no. */
    void onRoom(Runnable action) {
        onRoom = action;
    }

    /** Has {@code action} run, on the output's thread, when nobody takes what is shown any more. */
    void onFailure(Consumer<IOException> action) {
        onFailure = action;
    }

    /** {@return whether to go on: false when a lot waits, until {@link #onRoom}} */
    boolean data(byte[] bytes, boolean whole) {
        queue.add(screen -> {
            try {
                screen.data(bytes, whole);
            } finally {
                release(bytes.length);
            }
        });
        return waitingBytes.addAndGet(bytes.length) <= LIMIT_BYTES;
    }

    boolean hasRoom() {
        return waitingBytes.get() <= LIMIT_BYTES;
    }

    void note(String line) {
        queue.add(screen -> screen.note(line));
    }

    /** {@return why nobody takes what is shown any more, or null; final once this is closed} */
    IOException failure() {
        return failure;
    }

    /** Waits until all is shown. */
    void close() throws InterruptedException {
        queue.add(screen -> {
            ended = true;
            screen.end();
        });
        thread.join();
    }

    private void release(int bytes) {
        long before = waitingBytes.getAndAdd(-bytes);
        if (before > LIMIT_BYTES && before - bytes <= LIMIT_BYTES) {
            onRoom.run();
        }
    }

    private void run() {
        try {
            while (!ended) {
                show(queue.take());
                showWhatFollows();
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    private void showWhatFollows() throws InterruptedException {
        Item next;
        while (!ended && (next = queue.poll(LULL_MILLIS, TimeUnit.MILLISECONDS)) != null) {
            show(next);
        }
        if (!ended) {
            show(Screen::lull);
        }
    }

    private void show(Item item) {
        try {
            item.show(failure != null ? Nowhere.SCREEN : screen);
        } catch (IOException e) {
            failure = e;
            onFailure.accept(e);
        }
    }

    /** Takes what is left once the screen has failed, so that room is made and the end is reached. */
    private enum Nowhere implements Screen {
        SCREEN;

        @Override
        public void data(byte[] bytes, boolean whole) {}

        @Override
        public void note(String line) {}

        @Override
        public void end() {}
    }
}
