package dev.muster.stress;

import dev.muster.testing.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control group of the test's own with a CPU quota, of the version that the machine has. */
final class OwnGroup implements AutoCloseable {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 100_000;

    private final List<Path> directories;

    private OwnGroup(List<Path> directories) {
        this.directories = directories;
    }

    /** Skips the test where no group can be made. */
    static OwnGroup withQuota(double cores) throws IOException {
        var quota = String.valueOf((long) (cores * PERIOD_MICROS));
        var name = "muster-test-" + ProcessHandle.current().pid();
        var first = MOUNT.resolve("cpu");
        boolean isFirst = Files.isDirectory(first);
        var parent = isFirst ? first : MOUNT;
        Part.need(
                Files.isWritable(parent) && (isFirst || hasCpu()),
                "a control group with a quota needs root and a writable " + parent);
        var made = new ArrayList<Path>();
        made.add(Files.createDirectories(parent.resolve(name)));
        if (isFirst) {
            Files.writeString(made.get(0).resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
            Files.writeString(made.get(0).resolve("cpu.cfs_quota_us"), quota);
            var usage = MOUNT.resolve("cpuacct");
            if (Files.isDirectory(usage) && !Files.isSameFile(usage, first)) {
                made.add(Files.createDirectories(usage.resolve(name)));
            }
        } else {
            Files.writeString(made.get(0).resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        }
        return new OwnGroup(made);
    }

    private static boolean hasCpu() throws IOException {
        return Files.readString(MOUNT.resolve("cgroup.subtree_control")).contains("cpu");
    }

    /** The files that take a process in. */
    List<String> doors() {
        return directories.stream()
                .map(directory -> directory.resolve("cgroup.procs").toString())
                .toList();
    }

    /** How long the kernel has throttled it, in seconds. */
    double throttledSeconds() throws IOException {
        for (var line : Files.readAllLines(directories.get(0).resolve("cpu.stat"))) {
            if (line.startsWith("throttled_time ")) {
                return Long.parseLong(line.substring(15)) / 1e9;
            } else if (line.startsWith("throttled_usec ")) {
                return Long.parseLong(line.substring(15)) / 1e6;
            }
        }
        throw new IOException("the kernel does not tell");
    }

    @Override
    public void close() throws IOException {
        for (var directory : directories) {
            Files.delete(directory); // empty by now: what looks like files in it goes with it
        }
    }
}
