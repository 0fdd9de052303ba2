package dev.muster.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How much of the processors available to it this process uses: all of them, or all that its container's limit grants.
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

    /** Processor time that the process has used since it began. Any thread may call this. */
    public double processSeconds() {
        return cpuNanos.getAsLong() / 1e9;
    }

    /** Processor time used since the start of this meter. Any thread may call this. */
    public double usedSeconds() {
        return (cpuNanos.getAsLong() - cpuAtStart) / 1e9;
    }

    /** Processor time that there was since the start of this meter, used or not. Any thread may call this. */
    public double availableSeconds() {
        return (capacityNanos.getAsLong() - capacityAtStart) / 1e9;
    }

    /**
     * The share of the time since the last call of this method, or since the start: 1 is all that there was. 0 when no
     * time went by. For one thread.
     */
    public double sinceLast() {
        long cpu = cpuNanos.getAsLong();
        long capacity = capacityNanos.getAsLong();
        double share = capacity == capacityAtLast ? 0 : (double) (cpu - cpuAtLast) / (capacity - capacityAtLast);
        cpuAtLast = cpu;
        capacityAtLast = capacity;
        return share;
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
