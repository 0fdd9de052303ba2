package dev.muster.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Uses CPU time on the calling thread, as the kernel counts it for the thread. It takes longer than that where there is
 * no CPU to be had: a limit, or other work on the machine. Never for an event loop.
 */
public final class CpuBurn {
    private static final int STEPS_BETWEEN_LOOKS = 20_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * What was burnt.
     *
     * @param nanos CPU time of the thread
     * @param checksum of the work, to be shown somewhere, so that no compiler leaves the work out
     */
    public record Burnt(long nanos, long checksum) {}

    /**
     * Burns so much, or until it is told to stop.
     *
     * @param nanos CPU time to use
     * @param stop asked every few microseconds
     */
    public Burnt burn(long nanos, BooleanSupplier stop) {
        long begun = threads.getCurrentThreadCpuTime();
        var work = new SplittableRandom(nanos);
        long sum = 0;
        long burnt = 0;
        while (burnt < nanos && !stop.getAsBoolean()) {
            for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) {
                sum += work.nextLong();
            }
            burnt = threads.getCurrentThreadCpuTime() - begun;
        }
        return new Burnt(burnt, sum);
    }
}
