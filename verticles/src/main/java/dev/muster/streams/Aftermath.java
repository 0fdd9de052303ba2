package dev.muster.streams;

import java.util.Arrays;
import java.util.Collection;

/** What the users of one event loop notice of faults. Belongs to that event loop. */
final class Aftermath {
    private final Windows windows = new Windows();
    private final Overall overall;
    private int[] slots = new int[600];
    private int used;
    private long[] failed = {};
    private long[] lost = {};
    private long[] duplicated = {};

    /**
     * The same, to be read elsewhere.
     *
     * @param windows of the event loop
     * @param slots successes in each slot of time since the load's begin
     * @param failed requests by window
     * @param lost events by window
     * @param duplicated events by window
     * @param users each one's times without a success
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody else sees them
    record Seen(Windows windows, int[] slots, long[] failed, long[] lost, long[] duplicated, Collection<Gaps> users) {}

    /** @param overall what all event loops notice together */
    Aftermath(Overall overall) {
        this.overall = overall;
    }

    /** The faults that have begun, as this event loop was told. */
    Windows windows() {
        return windows;
    }

    /** A fault begins now. */
    void fault(int number, long now) {
        overall.fault(number, now);
        if (windows.begin(number, now)) {
            failed = Arrays.copyOf(failed, windows.count());
            lost = Arrays.copyOf(lost, windows.count());
            duplicated = Arrays.copyOf(duplicated, windows.count());
        }
    }

    /** A request of any user succeeds. */
    void success(long now) {
        overall.success(now);
        int slot = overall.slot(now);
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(slot + 1, 2 * slots.length));
        }
        slots[slot]++;
        used = Math.max(used, slot + 1);
    }

    /** A request of any user fails. */
    void failure() {
        overall.failure();
        if (failed.length > 0) {
            failed[failed.length - 1]++;
        }
    }

    /**
     * Acknowledged events are not there.
     *
     * @param faultsBefore how many faults had begun when their stream was begun
     */
    void lost(int faultsBefore, int events) {
        add(lost, faultsBefore, events);
    }

    /** An event is there once more than it should. */
    void duplicated(int faultsBefore) {
        add(duplicated, faultsBefore, 1);
    }

    /** What was written before a fault counts for it, and what was written after the last one for that. */
    private static void add(long[] counts, int faultsBefore, int events) {
        if (counts.length > 0) {
            counts[Math.min(faultsBefore, counts.length - 1)] += events;
        }
    }

    /** All of it, when nothing changes it any more. */
    Seen seen(Collection<Gaps> users) {
        return new Seen(windows, Arrays.copyOf(slots, used), failed, lost, duplicated, users);
    }
}
