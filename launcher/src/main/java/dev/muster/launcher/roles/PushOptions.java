package dev.muster.launcher.roles;

import dev.muster.launcher.push.PushTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a process that pushes what it measures: the processes of a run above all, which gives them. */
interface PushOptions {
    @Nullable @Option(
            names = "--push",
            split = ",",
            paramLabel = "TARGET",
            converter = PushTarget.Converter.class,
            description = "Pushes what this process measures to your own monitoring, every 2 s and at the end:"
                    + " remote-write:URL (Prometheus) or otlp:URL (OpenTelemetry); several are separated by commas.")
    List<PushTarget> push();

    @Option(
            names = "--push-run",
            defaultValue = "none",
            paramLabel = "ID",
            description = "The label run of what is pushed (default: ${DEFAULT-VALUE}).")
    String run();

    @Option(
            names = "--push-experiment",
            defaultValue = "none",
            paramLabel = "NAME",
            description = "The label experiment of what is pushed (default: ${DEFAULT-VALUE}).")
    String experiment();
}
