package io.oneloop.client.load;

/** The requests in flight on one connection, oldest first: when each was due and when it was sent. */
final class Window {

    private final long[] due;
    private final long[] sent;
    private int head;
    private int size;

    Window(int capacity) {
        due = new long[capacity];
        sent = new long[capacity];
    }

    private int slot(int i) {
        int slot = head + i;
        return slot >= due.length ? slot - due.length : slot;
    }

    int size() {
        return size;
    }

    int room() {
        return due.length - size;
    }

    void add(long dueNanos, long sentNanos) {
        int tail = slot(size);
        due[tail] = dueNanos;
        sent[tail] = sentNanos;
        size++;
    }

    long oldestDue() {
        return due[head];
    }

    long oldestSent() {
        return sent[head];
    }

    /** When the request behind the {@code i} oldest was due. */
    long dueAt(int i) {
        return due[slot(i)];
    }

    /** When the request behind the {@code i} oldest was sent. */
    long sentAt(int i) {
        return sent[slot(i)];
    }

    void clear() {
        size = 0;
    }

    void removeOldest() {
        head = head + 1 == due.length ? 0 : head + 1;
        size--;
    }
}
