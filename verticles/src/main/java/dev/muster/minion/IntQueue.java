package dev.muster.minion;

/** First in, first out, of a fixed capacity, without boxing. For one thread. */
final class IntQueue {
    private final int[] ring;
    private int head;
    private int size;

    IntQueue(int capacity) {
        this.ring = new int[capacity];
    }

    void add(int value) {
        if (size == ring.length) {
            throw new IllegalStateException("the queue of " + ring.length + " is full");
        }
        int tail = head + size;
        ring[tail < ring.length ? tail : tail - ring.length] = value;
        size++;
    }

    int take() {
        if (size == 0) {
            throw new IllegalStateException("the queue is empty");
        }
        int value = ring[head];
        head = head + 1 < ring.length ? head + 1 : 0;
        size--;
        return value;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
