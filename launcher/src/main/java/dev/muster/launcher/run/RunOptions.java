package dev.muster.launcher.run;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of every run. */
interface RunOptions {
    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORM",
            description = "text, or json: standard output is then the content of summary.json alone"
                    + " (default: ${DEFAULT-VALUE}).")
    Output output();

    @Option(
            names = "--timeout",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description =
                    "How long after the load the run waits for what has not come yet; what is missing then is lost"
                            + " (default: ${DEFAULT-VALUE}).")
    Duration timeout();

    /** How the result is printed. */
    enum Output {
        TEXT,
        JSON
    }
}
