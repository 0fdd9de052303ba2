package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import dev.muster.launcher.catalogue.Picture;
import dev.muster.launcher.result.Result;
import dev.muster.node.RunHealth;
import java.io.IOException;

/** Is shown a run while it goes on. */
interface Spectator {
    /** The folder of the result is there; the processes are to be started. */
    default void begins(String run) {}

    /**
     * A second was recorded. Called on the recorder's thread.
     *
     * @param result what is known so far
     * @param observed everything since the load began
     * @param news what the second itself brought
     * @throws IOException when it can't be told
     */
    default void second(Result result, RunHealth observed, Stats.Point news) throws IOException {}

    /** The result is written. */
    default void ends(Result result) throws IOException {}

    /** Whom the user wants to be shown it: a program by lines, or, on a terminal, himself by a table. */
    static Spectator of(Plan plan, Progress progress) {
        if (plan.run().output() == RunOptions.Output.STREAM) {
            return new JsonLines(plan.invocation().out(), progress);
        }
        return progress.isTerminal()
                ? new LiveTable(Picture.of(plan.experiment().name()), progress)
                : new Spectator() {};
    }
}
