package dev.muster.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each fault did to the users of one process; docs/streams.md defines every number. */
public record FaultImpacts(List<Impact> faults) implements Message {
    public FaultImpacts {
        faults = List.copyOf(faults);
    }

    /**
     * What one fault did.
     *
     * @param number of the fault
     * @param failedChecks requests that failed from its begin to the next one's, or to the end
     * @param outageNanos the longest time without a success of any user
     * @param outageOver whether a success ended it; if not, it is at least that long
     * @param userOutageNanos the same of each user by itself, ascending
     * @param usersOut users whose outage no success ended
     * @param throughputBefore successful requests per second before it; null when there was too little time
     * @param throughputLowest those of the poorest second; null likewise
     * @param recoveryNanos from its begin until the throughput is back; null when it is not, or was not known before
     * @param lostEvents acknowledged events that are not there afterwards
     * @param duplicatedEvents events that are there more than once
     */
    public record Impact(
            int number,
            long failedChecks,
            long outageNanos,
            boolean outageOver,
            List<Long> userOutageNanos,
            int usersOut,
            @Nullable Double throughputBefore,
            @Nullable Double throughputLowest,
            @Nullable Long recoveryNanos,
            long lostEvents,
            long duplicatedEvents) {
        public Impact {
            userOutageNanos = List.copyOf(userOutageNanos);
        }
    }
}
