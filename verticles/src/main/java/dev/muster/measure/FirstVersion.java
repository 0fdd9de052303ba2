package dev.muster.measure;

import dev.muster.measure.ControlGroup.Cpu;
import dev.muster.measure.ControlGroup.Group;
import dev.muster.measure.ControlGroup.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Version 1: a hierarchy for each controller, times in nanoseconds, a quota of -1 for none.
 *
 * @param quota of the controller that limits
 * @param usage of the one that counts
 * @param memory of the one for memory, where it is mounted
 */
record FirstVersion(Group quota, Group usage, Optional<Group> memory) implements ControlGroup.Reader {
    /** What the kernel shows for no limit: the largest number of whole pages. */
    private static final long NO_LIMIT = Long.MAX_VALUE - 0xFFFF;

    private static final double NANOS = 1e9;

    @Override
    public Cpu cpu() throws IOException {
        Double lowest = null;
        var limiting = quota.own();
        for (var each : quota.upwards()) {
            var limit = limit(each);
            if (limit != null && (lowest == null || limit < lowest)) {
                lowest = limit;
                limiting = each;
            }
        }
        var stat = ControlGroup.read(limiting.resolve("cpu.stat")).orElse("");
        return new Cpu(
                Version.V1,
                used(usage.own().resolve("cpuacct.usage")) / NANOS,
                lowest,
                ControlGroup.field(stat, "nr_periods"),
                ControlGroup.field(stat, "nr_throttled"),
                ControlGroup.field(stat, "throttled_time") / NANOS);
    }

    /** Without that controller nobody knows: that is not 0. */
    private static double used(Path file) throws IOException {
        return Double.parseDouble(Files.readString(file).strip());
    }

    private static @Nullable Double limit(Path group) throws IOException {
        double quota = number(group.resolve("cpu.cfs_quota_us"));
        double period = number(group.resolve("cpu.cfs_period_us"));
        return quota <= 0 || period <= 0 ? null : (Double) (quota / period);
    }

    private static double number(Path file) throws IOException {
        return ControlGroup.read(file).map(Double::parseDouble).orElse(0.0);
    }

    @Override
    public @Nullable Long memoryLimit() throws IOException {
        if (memory.isEmpty()) {
            return null;
        }
        long lowest = Long.MAX_VALUE;
        for (var each : memory.get().upwards()) {
            var limit = ControlGroup.read(each.resolve("memory.limit_in_bytes")).map(Long::parseLong);
            lowest = Math.min(lowest, limit.orElse(Long.MAX_VALUE));
        }
        return lowest >= NO_LIMIT ? null : (Long) lowest;
    }

    /** It has none. */
    @Override
    public Optional<Path> pressure() {
        return Optional.empty();
    }
}
