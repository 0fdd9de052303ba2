package dev.muster.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pressure stall information for CPU: the share of time in which some task could run and had no processor. Source: the
 * kernel's {@code Documentation/accounting/psi.rst}.
 *
 * @param scope whether of this control group or of the whole machine
 * @param average10 percent over the last 10 s
 * @param average60 percent over the last minute
 * @param average300 percent over the last 5 minutes
 * @param totalSeconds since the group was made or the machine started
 */
public record Pressure(Scope scope, double average10, double average60, double average300, double totalSeconds) {
    /** Of whom it speaks. */
    public enum Scope {
        GROUP,
        MACHINE
    }

    /** Of the group of this process, or of the machine where groups have none; empty where the kernel has none. */
    public static Optional<Pressure> ofCpu() {
        return ofCpu(Path.of("/"));
    }

    static Optional<Pressure> ofCpu(Path root) {
        var group = ControlGroup.ofProcess(root).flatMap(ControlGroup::pressure);
        return group.map(file -> read(file, Scope.GROUP))
                .orElseGet(() -> read(root.resolve("proc/pressure/cpu"), Scope.MACHINE));
    }

    private static Optional<Pressure> read(Path file, Scope scope) {
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith("some "))
                    .map(line -> parse(scope, line))
                    .findFirst();
        } catch (IOException | RuntimeException notThere) {
            return Optional.empty(); // a kernel without it, or one that was told not to
        }
    }

    private static Pressure parse(Scope scope, String line) {
        return new Pressure(
                scope, value(line, "avg10"), value(line, "avg60"), value(line, "avg300"), value(line, "total") / 1e6);
    }

    private static double value(String line, String name) {
        int from = line.indexOf(name + "=") + name.length() + 1;
        int to = line.indexOf(' ', from);
        return Double.parseDouble(to < 0 ? line.substring(from) : line.substring(from, to));
    }
}
