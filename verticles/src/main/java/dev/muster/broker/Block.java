package dev.muster.broker;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The state of some engines, in arrays. Ids and tokens are written under the registry's lock and published by the owner.
 * Numbers and times are written by the event loop of the engine's connection and read by any thread. When a connection
 * is taken over, both loops may write for a moment: a number then grows in one step, whoever comes first.
 */
final class Block {
    static final int SIZE = 1024;

    private final int first;
    private final byte[] @Nullable [] ids = new byte[SIZE] @Nullable [];
    private final long[] tokens = new long[SIZE];
    private final byte[] versions = new byte[SIZE];
    private final AtomicReferenceArray<@Nullable Conversation> owners = new AtomicReferenceArray<>(SIZE);
    private final AtomicLongArray last = new AtomicLongArray(SIZE);
    private final AtomicLongArray seen = new AtomicLongArray(SIZE);
    private final AtomicLongArray expected = new AtomicLongArray(SIZE);

    /**
     * @param first the registry's number of its first seat
     */
    Block(int first) {
        this.first = first;
    }

    int first() {
        return first;
    }

    /** An engine has this place. */
    void take(int i, byte[] id, long token, int version, long number, long now) {
        tokens[i] = token;
        versions[i] = (byte) version;
        last.set(i, number);
        seen.set(i, now);
        expected.set(i, 0);
        ids[i] = id;
    }

    void free(int i) {
        ids[i] = null;
        owners.set(i, null);
    }

    byte @Nullable [] id(int i) {
        return ids[i];
    }

    long token(int i) {
        return tokens[i];
    }

    int version(int i) {
        return versions[i];
    }

    @Nullable Conversation owner(int i) {
        return owners.get(i);
    }

    @Nullable Conversation own(int i, Conversation owner) {
        return owners.getAndSet(i, owner);
    }

    /** The connection has ended; nothing when another one has the engine by now. */
    void disown(int i, Conversation owner) {
        owners.compareAndSet(i, owner, null);
    }

    long last(int i) {
        return last.get(i);
    }

    /** Counts a heartbeat if it is the last one plus 1. */
    boolean advance(int i, long number) {
        return last.compareAndSet(i, number - 1, number);
    }

    /** The engine has sent up to this number. Returns the last one before. */
    long resume(int i, long number) {
        return last.getAndAccumulate(i, number, Math::max);
    }

    long seen(int i) {
        return seen.getOpaque(i);
    }

    void seen(int i, long now) {
        seen.setOpaque(i, now);
    }

    /** When the next heartbeat is due by {@link System#nanoTime}; 0 when none has come yet. */
    long expected(int i) {
        return expected.getOpaque(i);
    }

    void expected(int i, long due) {
        expected.setOpaque(i, due == 0 ? 1 : due);
    }

    /** Nothing is due any more. Returns when it was; 0 when it was not. Of several who end it one has the time. */
    long endExpected(int i) {
        return expected.getAndSet(i, 0);
    }
}
