package dev.muster.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Which share of the processors available to it this process uses: 1 is all of them, or all that its container's limit
 * grants. For one thread.
 */
public final class CpuMeter {
    private final LongSupplier cpuNanos;
    private final LongSupplier capacityNanos;
    private final long cpuAtStart;
    private final long capacityAtStart;
    private long cpuAtLast;
    private long capacityAtLast;

    /** Of this process, from now on. */
    public CpuMeter() {
        this(processCpu(), processorTime());
    }

    /**
     * For tests.
     *
     * @param cpuNanos processor time used so far
     * @param capacityNanos processor time that went by so far, on all processors together
     */
    CpuMeter(LongSupplier cpuNanos, LongSupplier capacityNanos) {
        this.cpuNanos = cpuNanos;
        this.capacityNanos = capacityNanos;
        this.cpuAtStart = cpuNanos.getAsLong();
        this.capacityAtStart = capacityNanos.getAsLong();
        this.cpuAtLast = cpuAtStart;
        this.capacityAtLast = capacityAtStart;
    }

    /** The share since the last call of this method, or since the start; 0 when no time went by. */
    public double sinceLast() {
        long cpu = cpuNanos.getAsLong();
        long capacity = capacityNanos.getAsLong();
        double share = share(cpu - cpuAtLast, capacity - capacityAtLast);
        cpuAtLast = cpu;
        capacityAtLast = capacity;
        return share;
    }

    /** The share since the start; 0 when no time went by. */
    public double sinceStart() {
        return share(cpuNanos.getAsLong() - cpuAtStart, capacityNanos.getAsLong() - capacityAtStart);
    }

    private static double share(long used, long available) {
        return available <= 0 ? 0 : (double) used / available;
    }

    private static LongSupplier processCpu() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system::getProcessCpuTime;
    }

    private static LongSupplier processorTime() {
        double processors = CpuLimit.processors();
        long start = System.nanoTime();
        return () -> (long) ((System.nanoTime() - start) * processors);
    }
}
