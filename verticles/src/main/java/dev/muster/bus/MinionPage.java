package dev.muster.bus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Minions in the order of run and id. Fewer than asked for: there are no more. */
public record MinionPage(List<Row> minions) implements Message {
    /**
     * One minion as the table has it.
     *
     * @param registrations how often it registered: 1 unless it was restarted or repeated a request
     * @param bootMicros when it began, epoch microseconds
     * @param firstSeenMicros when the master first took its registration off the socket, epoch microseconds
     * @param lastSeenMicros when the master last did
     * @param tries which attempt its first stored registration was
     * @param errorMicros how wrong the boot instant may be, from the minion's own report; null when it made none
     */
    public record Row(
            String run,
            String minionId,
            @Nullable String pod,
            @Nullable String podUid,
            @Nullable String node,
            @Nullable String namespace,
            long bootMicros,
            long firstSeenMicros,
            long lastSeenMicros,
            long registrations,
            int tries,
            @Nullable Long errorMicros,
            Map<String, String> labels) {}
}
