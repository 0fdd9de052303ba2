package dev.muster.launcher.run;

import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import java.io.IOException;
import java.util.List;

/** One question, from its options to its result. A new experiment is a class like this one and a line in the list. */
interface Experiment {
    /** The word behind {@code run}. */
    String name();

    /** One line of help: the question that it answers. */
    String summary();

    /** Its parameters. */
    OptionGroup options();

    /** What is wrong with the parameters, one line each that names the option and the fix. */
    List<String> problems(Options options);

    /**
     * Runs it and measures, until it is complete, its time is over, or {@link Run#interrupted} says so.
     *
     * @throws IOException when a file of the result can't be written
     */
    Findings run(Run run) throws IOException;
}
