package dev.muster.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control group in which this process runs: a container's, in a pod. The kernel shows there what CPU and memory the
 * group has used, what it may use, and how often it was throttled for that. Version 2 of control groups and version 1 are
 * read; reading takes some files, so it is not for an event loop.
 *
 * <p>Source: the kernel's {@code Documentation/admin-guide/cgroup-v2.rst}, {@code cgroup-v1/cpuacct.rst} and
 * {@code scheduler/sched-bwc.rst}.
 */
public final class ControlGroup {
    private final Reader reader;

    /** Which form the kernel's files have. */
    public enum Version {
        V1,
        V2
    }

    /**
     * CPU of the group. The counts are those of the group that is limited: this one, or the one above it whose limit is
     * the lowest. A container sees no group above its own.
     *
     * @param version of the kernel's interface
     * @param usedSeconds CPU time of all its processes since the group was made
     * @param limit processors that it may use; null without a limit
     * @param periods in which the limit was enforced and the group wanted to run
     * @param throttledPeriods of those the ones in which it was stopped because its quota was used up
     * @param throttledSeconds for how long, added up over processors
     */
    public record Cpu(
            Version version,
            double usedSeconds,
            @Nullable Double limit,
            long periods,
            long throttledPeriods,
            double throttledSeconds) {}

    /** What the two versions have in common. */
    interface Reader {
        Cpu cpu() throws IOException;

        /** Bytes that the group may use; null without a limit. */
        @Nullable Long memoryLimit() throws IOException;

        /** The file of the group's own CPU pressure, where this version has one. */
        Optional<Path> pressure();
    }

    private ControlGroup(Reader reader) {
        this.reader = reader;
    }

    /** The group of this process; empty where there are no control groups, as on another system than Linux. */
    public static Optional<ControlGroup> ofProcess() {
        return ofProcess(Path.of("/"));
    }

    /**
     * For tests.
     *
     * @param root where {@code proc} and what is mounted lie
     */
    static Optional<ControlGroup> ofProcess(Path root) {
        try {
            var mounts = Mounts.read(root);
            var cpu = mounts.first("cpu");
            if (cpu.isPresent()) {
                var usage = mounts.first("cpuacct").orElse(cpu.get());
                return Optional.of(new ControlGroup(new FirstVersion(cpu.get(), usage, mounts.first("memory"))));
            }
            return mounts.second().map(SecondVersion::new).map(ControlGroup::new);
        } catch (IOException noControlGroups) {
            return Optional.empty();
        }
    }

    /** What the kernel says now; null when it can't be read. */
    public @Nullable Cpu cpu() {
        try {
            return reader.cpu();
        } catch (IOException | RuntimeException unreadable) {
            return null; // a kernel without this controller: nobody is told a number that nobody measured
        }
    }

    /** Bytes of memory that the group may use; null without a limit. */
    public @Nullable Long memoryLimit() {
        try {
            return reader.memoryLimit();
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    /** The file of this group's CPU pressure, where the kernel has one for each group. */
    Optional<Path> pressure() {
        return reader.pressure().filter(Files::isReadable);
    }

    /** A directory of a group and the one at which its hierarchy is mounted, which is the same or above it. */
    record Group(Path own, Path top) {
        /** From the own one up. */
        List<Path> upwards() {
            var all = new ArrayList<Path>();
            for (var each = own; each != null && each.startsWith(top); each = each.getParent()) {
                all.add(each);
            }
            return all;
        }
    }

    /** The text of a file without its line end; empty when there is no such file. */
    static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** The number behind a word in lines of words and numbers; 0 when the word is not there. */
    static long field(String lines, String word) {
        return lines.lines()
                .filter(line -> line.startsWith(word + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(word.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}
