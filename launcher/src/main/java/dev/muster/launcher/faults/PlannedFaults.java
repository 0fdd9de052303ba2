package dev.muster.launcher.faults;

import dev.muster.bus.FaultPlan.Fault;
import dev.muster.faults.FaultKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a run.
 *
 * @param file as the user named it
 * @param seed what chance was made from: the same seed makes the same times and choices
 * @param kubeconfig of the cluster; null for the usual one
 * @param context in it; null for its current one
 * @param faults in the order of their times, numbered from 1
 */
public record PlannedFaults(
        String file,
        long seed,
        @Nullable Path kubeconfig,
        @Nullable String context,
        List<Planned> faults) {
    public PlannedFaults {
        faults = List.copyOf(faults);
    }

    /**
     * One fault.
     *
     * @param line of the file
     */
    public record Planned(Fault fault, int line) {
        /** Its kind. */
        public FaultKind kind() {
            return FaultKind.of(fault.kind()).orElseThrow();
        }

        /** What it is done to. */
        public String target() {
            return fault.settings().getOrDefault(FaultKind.TARGET, "");
        }

        /** For people: {@code stop-process store}. */
        public String text() {
            return fault.kind() + " " + target();
        }
    }

    /** Whether one of them ends processes of the run. */
    public boolean stopProcesses() {
        return faults.stream().anyMatch(each -> each.kind() == FaultKind.STOP_PROCESS);
    }

    /** The role's options, as on a command line. */
    public List<String> arguments() {
        return Stream.of(
                        Optional.ofNullable(kubeconfig).map(path -> "--faults-kubeconfig=" + path),
                        Optional.ofNullable(context).map(name -> "--faults-context=" + name))
                .flatMap(Optional::stream)
                .toList();
    }

    /** For the result. */
    public Map<String, String> parameters() {
        return Map.of("faults", file, "faults-seed", String.valueOf(seed));
    }
}
