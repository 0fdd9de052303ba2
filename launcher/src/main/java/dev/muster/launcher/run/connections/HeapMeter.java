package dev.muster.launcher.run.connections;

import java.lang.management.ManagementFactory;

/**
 * How much more heap of this process is in use than when this was made, garbage left out. It collects that, which stops
 * all threads for some 100 ms: not for the time of a load.
 */
final class HeapMeter {
    private static final int COLLECTIONS = 3;

    private final long before = used();

    /** In bytes. */
    long grown() {
        return used() - before;
    }

    /** A collection may free what the one before has only found to be free: references to closed things above all. */
    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
