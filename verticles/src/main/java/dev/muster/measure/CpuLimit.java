package dev.muster.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How many processors this process may use. The JVM rounds a container's limit up to whole processors, by which a pod
 * limited to half of one could never seem busier than 50 %; so the limit is read where the kernel shows it.
 *
 * <p>Source: the kernel's documentation of cgroup v2 ({@code cpu.max}: quota and period in microseconds, or {@code max})
 * and of v1 ({@code cpu.cfs_quota_us}, -1 for none, and {@code cpu.cfs_period_us}).
 */
final class CpuLimit {
    private CpuLimit() {}

    /** The processors of the machine, or the container's limit where that is less. */
    static double processors() {
        return Math.min(
                Runtime.getRuntime().availableProcessors(),
                ofContainer(Path.of("/sys/fs/cgroup")).orElse(Double.POSITIVE_INFINITY));
    }

    /** The limit that a container sees there; nothing when there is none, or no control groups are to be seen. */
    static Optional<Double> ofContainer(Path controlGroups) {
        try {
            var v2 = read(controlGroups.resolve("cpu.max"));
            if (v2.isPresent()) {
                var parts = v2.get().split(" ", 2);
                return limit(parts[0].equals("max") ? -1 : Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            }
            var quota = read(controlGroups.resolve("cpu/cpu.cfs_quota_us"));
            var period = read(controlGroups.resolve("cpu/cpu.cfs_period_us"));
            return quota.isPresent() && period.isPresent()
                    ? limit(Long.parseLong(quota.get()), Long.parseLong(period.get()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
            return Optional.empty(); // as on a system without control groups: the JVM's own number holds
        }
    }

    private static Optional<Double> limit(long quota, long period) {
        return quota <= 0 || period <= 0 ? Optional.empty() : Optional.of((double) quota / period);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }
}
