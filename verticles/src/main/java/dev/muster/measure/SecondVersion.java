package dev.muster.measure;

import dev.muster.measure.ControlGroup.Cpu;
import dev.muster.measure.ControlGroup.Group;
import dev.muster.measure.ControlGroup.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Version 2: one hierarchy, times in microseconds, {@code max} for no limit. */
record SecondVersion(Group group) implements ControlGroup.Reader {
    private static final double MICROS = 1e6;

    @Override
    public Cpu cpu() throws IOException {
        Double lowest = null;
        var limiting = group.own();
        for (var each : group.upwards()) {
            var limit = limit(each);
            if (limit != null && (lowest == null || limit < lowest)) {
                lowest = limit;
                limiting = each;
            }
        }
        var own = stat(group.own());
        var stat = stat(limiting);
        return new Cpu(
                Version.V2,
                ControlGroup.field(own, "usage_usec") / MICROS,
                lowest,
                ControlGroup.field(stat, "nr_periods"),
                ControlGroup.field(stat, "nr_throttled"),
                ControlGroup.field(stat, "throttled_usec") / MICROS);
    }

    private static String stat(Path group) throws IOException {
        return ControlGroup.read(group.resolve("cpu.stat")).orElse("");
    }

    /** The group at the top of a machine has no such file. */
    private static @Nullable Double limit(Path group) throws IOException {
        var text = ControlGroup.read(group.resolve("cpu.max")).orElse("max 100000");
        var parts = text.split(" ", 2);
        return parts[0].equals("max") ? null : (Double) (Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]));
    }

    @Override
    public @Nullable Long memoryLimit() throws IOException {
        Long lowest = null;
        for (var each : group.upwards()) {
            var text = ControlGroup.read(each.resolve("memory.max")).orElse("max");
            if (!text.equals("max") && (lowest == null || Long.parseLong(text) < lowest)) {
                lowest = Long.parseLong(text);
            }
        }
        return lowest;
    }

    @Override
    public Optional<Path> pressure() {
        return Optional.of(group.own().resolve("cpu.pressure"));
    }
}
