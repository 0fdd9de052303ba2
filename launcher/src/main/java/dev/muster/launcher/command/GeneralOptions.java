package dev.muster.launcher.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command. */
public interface GeneralOptions {
    /** The most that {@code -v} takes. */
    int MOST_VERBOSE = 5;

    @Option(
            names = {"-v", "--verbosity"},
            defaultValue = "1",
            paramLabel = "0..5",
            description = "How much is logged: 0 warnings, 1 what happens, 2 rates, 3 each request, 5 each message"
                    + " (default: ${DEFAULT-VALUE}).")
    int verbosity();

    @Option(
            names = "--results",
            defaultValue = "results",
            paramLabel = "DIR",
            description = "Parent folder of the results of runs (default: ${DEFAULT-VALUE}).")
    Path results();

    @Nullable @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the embedded MariaDB's data (default: a new one among the system's temporary"
                    + " files, deleted at the end).")
    Path dataDir();

    @Option(names = "--keep-data", description = "Keeps the embedded MariaDB's data in --data-dir for the next start.")
    boolean keepData();
}
