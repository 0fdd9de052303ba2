package dev.muster.stress;

import dev.muster.measure.ControlGroup;
import dev.muster.measure.CpuMeter;
import dev.muster.measure.Pressure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kernel says of this process and its control group. Reads files, so it is not for an event loop. */
final class Kernel {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private final Optional<ControlGroup> group = ControlGroup.ofProcess();
    private final CpuMeter meter = new CpuMeter();
    private volatile double share;

    /**
     * One reading.
     *
     * @param load averages of 1, 5 and 15 minutes: of the machine, as the original tells it
     * @param group null where there are no control groups
     * @param pressure null where the kernel has none
     * @param jvmShare share of the pod's CPU that this process used in the last second
     * @param jvmSeconds CPU time that it has used since it began
     */
    record Reading(
            List<Double> load,
            ControlGroup.@Nullable Cpu group,
            @Nullable Pressure pressure,
            double jvmShare,
            double jvmSeconds) {}

    /** To be called once a second, by one thread at a time. */
    ControlGroup.@Nullable Cpu sample() {
        share = meter.sinceLast();
        return group.map(ControlGroup::cpu).orElse(null);
    }

    Reading read() throws IOException {
        return new Reading(
                load(),
                group.map(ControlGroup::cpu).orElse(null),
                Pressure.ofCpu().orElse(null),
                share,
                meter.processSeconds());
    }

    /** Bytes that the group may use; null without a limit. */
    @Nullable Long memoryLimit() {
        return group.map(ControlGroup::memoryLimit).orElse(null);
    }

    private static List<Double> load() throws IOException {
        if (!Files.exists(LOAD)) { // another system, which tells one of the three
            return List.of(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
        return Arrays.stream(Files.readString(LOAD).split(" ", -1))
                .limit(3)
                .map(Double::valueOf)
                .toList();
    }
}
