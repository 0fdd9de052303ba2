package dev.muster.broker;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Finds an engine's seat by its id: a table of seat numbers, half of it empty at least, searched from where the id's hash
 * points to. So an engine costs 8 to 16 bytes here and no object. For one thread at a time.
 *
 * <p>A seat that goes leaves no mark: the ones behind it move up (Knuth, "The Art of Computer Programming", vol. 3,
 * algorithm 6.4 R).
 */
final class Index {
    static final int NONE = -1;

    private static final int FEWEST_SLOTS = 64;

    private final Ids ids;
    /** Nobody outside can choose ids that meet in one place. */
    private final long key = new SecureRandom().nextLong() | 1;

    private int[] slots = empty(FEWEST_SLOTS);
    private int size;

    /** The ids of the seats in the table. */
    interface Ids {
        byte[] of(int seat);
    }

    Index(Ids ids) {
        this.ids = ids;
    }

    int size() {
        return size;
    }

    /** The seat of the engine, or {@link #NONE}. */
    int find(byte[] id) {
        int at = home(id);
        while (slots[at] != NONE && !Arrays.equals(ids.of(slots[at]), id)) {
            at = behind(at);
        }
        return slots[at];
    }

    /** Adds a seat, whose id is not in the table. */
    void add(int seat) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        place(seat);
        size++;
    }

    /** Removes a seat that is in the table; it still has its id. */
    void remove(int seat) {
        int hole = home(ids.of(seat));
        while (slots[hole] != seat) {
            hole = behind(hole);
        }
        for (int at = behind(hole); slots[at] != NONE; at = behind(at)) {
            int way = distance(home(ids.of(slots[at])), at);
            if (way >= distance(hole, at)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = NONE;
        size--;
    }

    private void grow() {
        var seats = slots;
        slots = empty(2 * seats.length);
        for (int seat : seats) {
            if (seat != NONE) {
                place(seat);
            }
        }
    }

    private void place(int seat) {
        int at = home(ids.of(seat));
        while (slots[at] != NONE) {
            at = behind(at);
        }
        slots[at] = seat;
    }

    private int behind(int at) {
        return at + 1 & slots.length - 1;
    }

    private int distance(int from, int to) {
        return to - from & slots.length - 1;
    }

    private int home(byte[] id) {
        long hash = key;
        for (byte each : id) {
            hash = (hash ^ each) * key;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 32) & slots.length - 1;
    }

    private static int[] empty(int length) {
        var slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
