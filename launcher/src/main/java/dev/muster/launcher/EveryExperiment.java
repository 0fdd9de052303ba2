package dev.muster.launcher;

import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.api.ApiExperiment;
import dev.muster.launcher.run.blocks.BlocksExperiment;
import dev.muster.launcher.run.boot.BootExperiment;
import dev.muster.launcher.run.connections.ConnectionsExperiment;
import dev.muster.launcher.run.streams.StreamsExperiment;
import dev.muster.launcher.run.stress.StressExperiment;
import java.util.List;

/** Every experiment that {@code run} knows: the one place that sees all of them. */
public final class EveryExperiment {
    private EveryExperiment() {}

    /** Each of them, in the order in which to show them. */
    public static List<Experiment> list() {
        return List.of(
                new BootExperiment(),
                new ConnectionsExperiment(),
                new ApiExperiment(),
                new BlocksExperiment(),
                new StressExperiment(),
                new StreamsExperiment());
    }
}
