package dev.muster.launcher.run;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code boot}. */
interface BootOptions {
    int MOST_MINIONS = 10_000_000;

    @Option(
            names = "--minions",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Virtual minions that boot, 1 to 10000000 (default: ${DEFAULT-VALUE}).")
    int minions();

    @Option(
            names = "--ramp",
            defaultValue = "2s",
            paramLabel = "DURATION",
            description = "Time over which they boot, evenly (default: ${DEFAULT-VALUE}).")
    Duration ramp();
}
