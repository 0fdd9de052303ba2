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
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int COUNT = 4_000;

    /** Integer arithmetic: random numbers. Any number of threads may share it. */
    public static final Work NUMBERS = CpuBurn::numbers;

    private final Work work;

    /** What is done to use CPU time. An instance serves one thread unless it says more. */
    @FunctionalInterface
    public interface Work {
        /** Some microseconds of work. Returns its checksum, so that no compiler leaves the work out. */
        long step();
    }

    /**
     * What was burnt.
     *
     * @param nanos CPU time of the thread
     * @param checksum of the work, to be shown somewhere, so that no compiler leaves the work out
     */
    public record Burnt(long nanos, long checksum) {}

    /** Burns by making random numbers. Any number of threads may share it. */
    public CpuBurn() {
        this(NUMBERS);
    }

    /**
     * Burns by work of the caller's.
     *
     * @param work in steps of well under 100 us: between two of them the clocks are read
     */
    public CpuBurn(Work work) {
        this.work = work;
    }

    private static long numbers() {
        var random = new SplittableRandom(COUNT);
        long sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += random.nextLong();
        }
        return sum;
    }

    /** CPU time that the calling thread has used so far, as the kernel counts it, in nanoseconds. */
    public static long threadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /**
     * Burns so much, or until it is told to stop.
     *
     * @param nanos CPU time to use
     * @param stop asked every few microseconds
     */
    public Burnt burn(long nanos, BooleanSupplier stop) {
        long begun = threadNanos();
        long sum = 0;
        long burnt = 0;
        while (burnt < nanos && !stop.getAsBoolean()) {
            sum += work.step();
            burnt = threadNanos() - begun;
        }
        return new Burnt(burnt, sum);
    }
}
