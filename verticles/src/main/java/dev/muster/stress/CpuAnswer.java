package dev.muster.stress;

import dev.muster.measure.ControlGroup;
import dev.muster.measure.Pressure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /cpu}.
 *
 * @param load averages of the machine over 1, 5 and 15 minutes
 * @param cores of the pod's CPU limit, or of the machine where that is less
 * @param cgroup null where there are no control groups
 * @param pressure null where the kernel has none
 */
record CpuAnswer(
        String host,
        String pod,
        @Nullable String node,
        List<Double> load,
        double cores,
        Jvm jvm,
        ControlGroup.@Nullable Cpu cgroup,
        @Nullable Pressure pressure,
        Burning stress) {
    /**
     * This process.
     *
     * @param processors that the JVM reckons with
     * @param share of {@code cores} that it used in the last second
     */
    record Jvm(int processors, double cpuSeconds, double share) {}

    /**
     * What it burns.
     *
     * @param cores asked for now
     * @param requestedSeconds of CPU since the start
     */
    record Burning(int jobs, double cores, double requestedSeconds, double deliveredSeconds) {}

    static CpuAnswer of(WhoAmI who, Capacity capacity, Kernel.Reading reading, Burning burning) {
        return new CpuAnswer(
                who.host(),
                who.pod(),
                who.node(),
                reading.load(),
                capacity.cores(),
                new Jvm(Runtime.getRuntime().availableProcessors(), reading.jvmSeconds(), reading.jvmShare()),
                reading.group(),
                reading.pressure(),
                burning);
    }

    /** As the original answers: its load is printed as Python prints the three numbers. */
    String text() {
        var numbers = load.stream()
                .map(value -> String.format(Locale.ROOT, "%s", value))
                .collect(Collectors.joining(", ", "(", ")"));
        return "Host: " + host + ", CPU load: " + numbers;
    }
}
