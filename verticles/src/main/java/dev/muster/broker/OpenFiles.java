package dev.muster.broker;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files, and so connections, this process may have open. */
record OpenFiles(long limit, long open) {
    /** A fiftieth is left for HTTP and whatever else opens files, and at least so many. */
    private static final long FEWEST_SPARE = 32;

    private static final int SPARE_SHARE = 50;

    /** As the system says now; where it does not say, there is no limit. */
    static OpenFiles ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new OpenFiles(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new OpenFiles(Long.MAX_VALUE, 0);
    }

    /** How many of the wanted connections there are files for; at least one. */
    int connections(int wanted) {
        long left = limit - open - Math.max(FEWEST_SPARE, limit / SPARE_SHARE);
        return (int) Math.max(1, Math.min(wanted, left));
    }
}
