package dev.muster.minion;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each reason for a failure once, and so many reasons at most: a hundred thousand minions fail for the same reason.
 * For the event loop.
 */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final int MOST = 20;

    private final Set<String> told = new HashSet<>();

    /** @param event for the log, such as {@code minion.rejected} */
    void tell(String event, String reason) {
        var line = "event=" + event + " reason=\"" + printable(reason) + '"';
        if (told.size() < MOST && told.add(line)) {
            LOG.warn("{} note=\"logged once, see the counters for how often\"", line);
        }
    }

    private static String printable(String reason) {
        var head = reason.length() > 300 ? reason.substring(0, 300) : reason;
        return head.strip().replaceAll("\\p{Cntrl}+", " ").replace('"', '\'');
    }
}
