package dev.muster.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the table says of the minions.
 *
 * @param registered distinct minions
 * @param reregistered registrations beyond each minion's first: restarted containers and repeated requests
 * @param firstMicros the first registration, epoch microseconds; null when there is none
 * @param lastMicros the last first registration of a minion, epoch microseconds; null when there is none
 * @param overallSeconds from the first registration, or the asked start, to the last; 0 for an empty table
 * @param durable false when the table lives in memory and does not survive the database
 * @param bootLatency from each minion's boot to its first registration; null unless asked for in full
 * @param groups one for each value of the label asked for, in the order of the values
 * @param tasks the newest tasks, newest first, at most 100; empty unless asked for in full
 */
public record MinionStats(
        long registered,
        long reregistered,
        @Nullable Long firstMicros,
        @Nullable Long lastMicros,
        double overallSeconds,
        boolean durable,
        @Nullable Percentiles bootLatency,
        List<Group> groups,
        List<TaskStats> tasks)
        implements Message {
    /**
     * The minions that carry one value of a label.
     *
     * @param value the label's value, empty for the minions that lack the label
     * @param registered distinct minions
     * @param reregistered registrations beyond each minion's first
     * @param overallSeconds from the group's first registration, or the asked start, to its last
     * @param bootLatency from boot to first registration
     */
    public record Group(
            String value,
            long registered,
            long reregistered,
            double overallSeconds,
            @Nullable Percentiles bootLatency) {}

    /**
     * One task's books: assigned = waiting + given + done + failed.
     *
     * @param task its number
     * @param kind what it does
     * @param spec its parameter as the minions get it
     * @param assigned minions that it was meant for when it was created
     * @param waiting not yet fetched
     * @param given fetched and not reported: at work, or lost with their minion
     * @param done reported as done
     * @param failed reported as failed
     * @param duration how long the minions took, of those done
     */
    public record TaskStats(
            long task,
            String kind,
            String spec,
            long assigned,
            long waiting,
            long given,
            long done,
            long failed,
            @Nullable Percentiles duration) {}

    /** The same with these tasks. */
    public MinionStats withTasks(List<TaskStats> found) {
        return new MinionStats(
                registered, reregistered, firstMicros, lastMicros, overallSeconds, durable, bootLatency, groups, found);
    }
}
