package dev.muster.launcher.run;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code boot}. */
interface BootOptions {
    /** More than enough for every compiler. */
    int MOST_WARM_UP = 1_000_000;

    /** What one process of virtual minions holds. */
    int MOST_MINIONS = 1_000_000;

    @Option(
            names = "--minions",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Virtual minions that boot, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    int minions();

    @Option(
            names = "--ramp",
            defaultValue = "2s",
            paramLabel = "DURATION",
            description = "Time over which they boot, evenly (default: ${DEFAULT-VALUE}).")
    Duration ramp();

    @Option(
            names = "--warm-up",
            defaultValue = "2000",
            paramLabel = "N",
            description =
                    "Registrations before the load that are not recorded, so that a cold JVM is not what is measured;"
                            + " 0 to 1000000 (default: ${DEFAULT-VALUE}).")
    int warmUp();
}
