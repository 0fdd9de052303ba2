package dev.muster.measure;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * How many processors this process may use. The JVM rounds a container's limit up to whole processors, by which a pod
 * limited to half of one could never seem busier than 50 %; so the limit is read where the kernel shows it.
 */
public final class CpuLimit {
    private CpuLimit() {}

    /** The processors of the machine, or the container's limit where that is less. Reads files. */
    public static double processors() {
        return Math.min(
                Runtime.getRuntime().availableProcessors(),
                ofGroup(Path.of("/")).orElse(Double.POSITIVE_INFINITY));
    }

    /** The limit of the control group that this process is in; empty when there is none, or no group is to be seen. */
    static OptionalDouble ofGroup(Path root) {
        var limit = ControlGroup.ofProcess(root)
                .map(ControlGroup::cpu)
                .map(ControlGroup.Cpu::limit)
                .orElse(null);
        return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
    }
}
