package dev.muster.launcher.run;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One question, from its options to its result. A new experiment is a class like this one and a line in the list. */
public interface Experiment {
    /** The word behind {@code run}. */
    String name();

    /** One line of help: the question that it answers. */
    String summary();

    /** Every metric that it yields. */
    default Catalogue catalogue() {
        return Catalogue.of(name())
                .orElseThrow(() -> new IllegalStateException("no catalogue of the experiment " + name()));
    }

    /** Its parameters. */
    OptionGroup options();

    /**
     * What the keys that all scenarios share mean for it: {@code count}, {@code duration} and {@code warm-up}, each with
     * the option that it sets. It has no use for a key that is not there.
     */
    Map<String, String> shared();

    /**
     * What is wrong with the parameters beyond the range of each, one line each that begins with the option and says the
     * fix.
     */
    default List<String> problems(Options options) {
        return List.of();
    }

    /**
     * The processes that its run starts beside its own, by the names and the roles that {@code stop-process} in a file of
     * faults takes.
     */
    default Set<String> processes(Options options) {
        return Set.of();
    }

    /** What was chosen, for the result: by the names of the command line, without dashes. */
    Map<String, String> parameters(Options options);

    /**
     * Asks the user before anything is done to what others may use. Called once for all repetitions; blocks.
     *
     * @param environment all variables of this process
     * @param out shows a line
     * @return the experiment as the user has agreed to it: each repetition is done to what was shown
     * @throws dev.muster.launcher.command.StartException when the user says no, or it can't be done
     */
    default Experiment agreed(Options options, Map<String, String> environment, Consumer<String> out) {
        return this;
    }

    /**
     * Runs it and measures, until it is complete, its time is over, or {@link Run#interrupted} says so.
     *
     * @throws IOException when a file of the result can't be written
     */
    Findings run(Run run) throws IOException;

    /**
     * The same with roles that are deployed in a cluster.
     *
     * @throws IOException when a file of the result can't be written
     */
    Findings run(Run run, Deployed deployed) throws IOException;
}
