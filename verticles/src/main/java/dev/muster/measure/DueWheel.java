package dev.muster.measure;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * When each of many members is due next, in three arrays: a hashed timing wheel whose slots are lists linked through the
 * members' own numbers. So a hundred thousand waiting members cost 12 bytes each and one sweep, not a timer each. For
 * one thread.
 *
 * <p>After Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", scheme 6.
 */
public final class DueWheel {
    private static final int SLOTS = 1024;
    private static final int NONE = -1;

    private final long tickNanos;
    private final long origin;
    private final int[] heads = new int[SLOTS];
    private final int[] next;
    private final long[] dueTick;
    private long swept;

    /**
     * @param members they are numbered from 0
     * @param tickNanos how late a member may be expired
     * @param now of {@link System#nanoTime}
     */
    public DueWheel(int members, long tickNanos, long now) {
        this.tickNanos = tickNanos;
        this.origin = now;
        this.next = new int[members];
        this.dueTick = new long[members];
        Arrays.fill(heads, NONE);
    }

    /** The member, which must not be waiting already, is due at this time or, when that is past, with the next sweep. */
    public void add(int member, long nanoTime) {
        long tick = Math.floorDiv(nanoTime - origin + tickNanos - 1, tickNanos);
        dueTick[member] = Math.max(tick, swept + 1);
        link(member);
    }

    /** Takes out every member that is due, and passes it on. The consumer may add it again. */
    public void sweep(long now, IntConsumer due) {
        long from = swept + 1;
        swept = Math.max(swept, Math.floorDiv(now - origin, tickNanos));
        long last = Math.min(swept, from + SLOTS - 1);
        for (long tick = from; tick <= last; tick++) {
            sweepSlot(slot(tick), due);
        }
    }

    /**
     * Takes out a member before it is due, at the cost of a walk along its slot's list. Nothing happens when it does not
     * wait. While a sweep is under way, only the member that the sweep has just passed on may be named.
     */
    public void remove(int member) {
        int slot = slot(dueTick[member]);
        int before = NONE;
        for (int each = heads[slot]; each != NONE; each = next[each]) {
            if (each == member) {
                unlink(slot, before, member);
                return;
            }
            before = each;
        }
    }

    private void unlink(int slot, int before, int member) {
        if (before == NONE) {
            heads[slot] = next[member];
        } else {
            next[before] = next[member];
        }
    }

    private void sweepSlot(int slot, IntConsumer due) {
        int member = heads[slot];
        heads[slot] = NONE;
        while (member != NONE) {
            int following = next[member];
            if (dueTick[member] <= swept) {
                due.accept(member);
            } else {
                link(member);
            }
            member = following;
        }
    }

    private void link(int member) {
        int slot = slot(dueTick[member]);
        next[member] = heads[slot];
        heads[slot] = member;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
