package dev.muster.streams;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the throughput went around a fault: successes are counted in slots of {@link Overall#SLOT_NANOS}, and a second is any
 * ten slots in a row.
 *
 * @param before successes per second in the undisturbed time before the fault, at most 10 s; null when that is below 1 s,
 *     or nothing succeeded in it
 * @param lowest successes in the poorest second from the fault's begin to the next one's; null likewise, and when the load
 *     ended within a second
 * @param nanos from the fault's begin to that of the first second with 95 % of {@code before}, the poorest one and the
 *     outage past; 0 when the throughput never fell; null when it is not back
 */
record Recovery(
        @Nullable Double before,
        @Nullable Double lowest,
        @Nullable Long nanos) {
    private static final int SECOND = 10;
    private static final int BASE = 10 * SECOND;
    private static final double BACK = 0.95;

    /**
     * A fault, in nanoseconds since the load's begin.
     *
     * @param outageEnd when its outage ended; null when it did not
     */
    record Fault(long began, @Nullable Long outageEnd) {
        /** The first slot that lies behind its begin as a whole. */
        int first() {
            return (int) ((began + Overall.SLOT_NANOS - 1) / Overall.SLOT_NANOS);
        }

        /** The slot in which it begins: the ones before lie before it as a whole. */
        int slot() {
            return (int) (began / Overall.SLOT_NANOS);
        }
    }

    private record Base(double mean, double poorest) {
        /** No fall is one that is not deeper than those before the fault. */
        boolean isFall(double second) {
            return second < Math.min(BACK * mean, poorest);
        }
    }

    /**
     * Of all faults of a load.
     *
     * @param slots successes in each slot since the load's begin
     * @param end how many of the slots belong to the load
     * @param faults in the order of their begin
     */
    static List<Recovery> of(int[] slots, int end, List<Fault> faults) {
        var all = new ArrayList<Recovery>();
        Base base = null;
        int undisturbed = 0;
        for (int i = 0; i < faults.size(); i++) {
            var fault = faults.get(i);
            int from = Math.max(undisturbed, fault.slot() - BASE);
            if (fault.slot() - from >= SECOND) {
                base = base(slots, from, fault.slot());
            }
            int next = i + 1 < faults.size() ? faults.get(i + 1).slot() : end;
            int poorest = poorest(slots, fault.first(), Math.min(end, Math.max(next, fault.first() + SECOND)));
            if (base == null || base.mean() == 0 || poorest < 0) {
                all.add(new Recovery(base == null || base.mean() == 0 ? null : base.mean(), null, null));
                continue;
            }
            double lowest = second(slots, poorest);
            Long nanos = 0L;
            if (base.isFall(lowest)) {
                int back = back(slots, end, fault, poorest, BACK * base.mean());
                nanos = back < 0 ? null : (Long) Math.max(0, back * Overall.SLOT_NANOS - fault.began());
                undisturbed = back < 0 ? end : back;
            }
            all.add(new Recovery(base.mean(), lowest, nanos));
        }
        return all;
    }

    private static Base base(int[] slots, int from, int to) {
        double sum = 0;
        for (int slot = from; slot < to; slot++) {
            sum += at(slots, slot);
        }
        return new Base(sum * SECOND / (to - from), second(slots, poorest(slots, from, to)));
    }

    /** Where the poorest second begins; -1 when there is no second between the two. */
    private static int poorest(int[] slots, int from, int to) {
        int poorest = -1;
        for (int start = from; start + SECOND <= to; start++) {
            if (poorest < 0 || second(slots, start) < second(slots, poorest)) {
                poorest = start;
            }
        }
        return poorest;
    }

    private static int back(int[] slots, int end, Fault fault, int poorest, double wanted) {
        var outageEnd = fault.outageEnd();
        if (outageEnd == null) {
            return -1;
        }
        int from = Math.max(poorest, new Fault(outageEnd, null).first());
        for (int start = from; start + SECOND <= end; start++) {
            if (second(slots, start) >= wanted) {
                return start;
            }
        }
        return -1;
    }

    private static int second(int[] slots, int start) {
        int sum = 0;
        for (int slot = start; slot < start + SECOND; slot++) {
            sum += at(slots, slot);
        }
        return sum;
    }

    private static int at(int[] slots, int slot) {
        return slot < slots.length ? slots[slot] : 0;
    }
}
