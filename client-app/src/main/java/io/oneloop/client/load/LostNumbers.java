package io.oneloop.client.load;

import java.util.Arrays;

/**
 * The numbers of one lane's lost datagrams, so that a late reply can be told from a second one: a number that was settled
 * and is not here was answered. Takes no memory until something is lost, and then forgets the oldest first.
 */
final class LostNumbers {

    private static final long NONE = -1;

    private final int capacity;
    private long[] numbers;
    private int next;
    private long forgotten = NONE;

    LostNumbers(int capacity) {
        this.capacity = capacity;
    }

    void add(long number) {
        if (numbers == null) {
            numbers = new long[capacity];
            Arrays.fill(numbers, NONE);
        }
        forgotten = Math.max(forgotten, numbers[next]);
        numbers[next] = number;
        next = next + 1 == capacity ? 0 : next + 1;
    }

    /** {@return whether {@code number} was lost} Its next reply is a second one. */
    boolean remove(long number) {
        for (int i = 0; numbers != null && i < capacity; i++) {
            if (numbers[i] == number) {
                numbers[i] = NONE;
                return true;
            }
        }
        return false;
    }

    /** {@return whether {@code number} is so old that it may have been lost and forgotten} */
    boolean isForgotten(long number) {
        return number <= forgotten;
    }
}
