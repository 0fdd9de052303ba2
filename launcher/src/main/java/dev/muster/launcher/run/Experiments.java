package dev.muster.launcher.run;

import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.options.ConfigOption;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.OptionInfo;
import dev.muster.launcher.scenario.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The experiments that there are, and the options of a run.
 *
 * @param all in the order in which to show them
 */
record Experiments(List<Experiment> all) {
    private static final OptionGroup RUN = OptionGroup.of("", RunOptions.class);

    /** A run shows its progress; of the log it shows warnings alone unless it is asked for more. */
    private static final List<OptionGroup> COMMON = List.of(
            RUN,
            new OptionGroup("", GeneralOptions.class, Map.of("--verbosity", "0")),
            OptionGroup.of("", ConfigOption.class));

    /** What a scenario may say of a run beside the experiment's own parameters. */
    private static final Set<String> IN_SCENARIOS = Set.of("--repeat", "--timeout", "--slo", RunOptions.FAULTS);

    /** What a form asks beside that: scenarios don't say where they run, whoever runs them does. */
    private static final Set<String> IN_FORMS = Set.of(RunOptions.ON, RunOptions.ON_NAMESPACE);

    List<String> names() {
        return all.stream().map(Experiment::name).toList();
    }

    Optional<Experiment> named(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The options of one experiment's runs. */
    List<OptionGroup> groups(Experiment chosen) {
        return Stream.concat(COMMON.stream(), Stream.of(chosen.options())).toList();
    }

    /** The options of every experiment's runs. */
    List<OptionGroup> groups() {
        return Stream.concat(COMMON.stream(), all.stream().map(Experiment::options))
                .toList();
    }

    /** What the scenarios of each experiment may say. */
    List<Vocabulary> vocabularies() {
        return all.stream().map(Experiments::vocabulary).toList();
    }

    /** The options of every run that a form asks for and a scenario does not say. */
    static List<OptionInfo> beside() {
        return runOptions(IN_FORMS);
    }

    private static List<OptionInfo> runOptions(Set<String> names) {
        return RUN.infos().stream()
                .filter(option -> names.contains(option.name()))
                .toList();
    }

    static Vocabulary vocabulary(Experiment experiment) {
        return Vocabulary.of(
                experiment.catalogue(),
                experiment.summary(),
                experiment.options().infos(),
                experiment.shared(),
                runOptions(IN_SCENARIOS));
    }
}
