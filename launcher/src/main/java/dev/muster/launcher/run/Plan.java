package dev.muster.launcher.run;

import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.faults.PlannedFaults;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.threshold.Asked;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is to be run: everything that can be wrong with it has been checked.
 *
 * @param given what the user gave, as text
 * @param options the same, converted
 * @param asked thresholds and objectives
 * @param faults what is broken meanwhile; empty for nothing
 * @param name as the scenario calls itself; else the experiment's
 * @param target which of the scenario's targets it is run against; empty for a scenario without
 * @param description in the scenario's words; empty for none
 */
record Plan(
        Experiment experiment,
        Given given,
        Options options,
        List<Asked> asked,
        Optional<PlannedFaults> faults,
        String name,
        String target,
        String description,
        Invocation invocation) {
    Plan {
        asked = List.copyOf(asked);
    }

    /** The same, once the user has agreed to what it does to what others may use; blocks. */
    Plan agreed(Consumer<String> out) {
        var agreed = experiment.agreed(options, invocation.environment(), out);
        return new Plan(agreed, given, options, asked, faults, name, target, description, invocation);
    }

    RunOptions run() {
        return options.of(RunOptions.class);
    }
}
