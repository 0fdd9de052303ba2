package dev.muster.launcher.run.boot;

import dev.muster.launcher.options.Within;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code boot}. */
interface BootOptions {
    @Option(
            names = "--minions",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Virtual minions that boot, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000000")
    int minions();

    @Option(
            names = "--ramp",
            defaultValue = "2s",
            paramLabel = "DURATION",
            description = "Time over which they boot, evenly, 0s to 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "0s", most = "24h")
    Duration ramp();

    @Option(
            names = "--warm-up",
            defaultValue = "2000",
            paramLabel = "N",
            description =
                    "Registrations before the load that are not recorded, so that a cold JVM is not what is measured;"
                            + " 0 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "1000000")
    int warmUp();
}
