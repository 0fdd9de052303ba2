package dev.muster.collector;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of the role {@code collector}. */
public interface CollectorOptions {
    @Option(
            names = "--collector-window",
            defaultValue = "1h",
            paramLabel = "DURATION",
            description = "How much of the timeline is kept, one point a second, 1m to 24h (default: 1h).")
    Duration window();
}
