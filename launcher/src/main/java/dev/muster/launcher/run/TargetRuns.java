package dev.muster.launcher.run;

import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.compare.CompareCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out the plans of a scenario's targets, one after another, and compares the others' results with the first
 * one's. What interrupts a run ends all of it.
 *
 * @param plans two or more, of the same invocation
 */
record TargetRuns(List<Plan> plans) {
    /** Runs them; of their exit codes the most important one is told. */
    ExitCode run() {
        var codes = new ArrayList<ExitCode>();
        var folders = new ArrayList<String>();
        for (var plan : plans) {
            Progress.standard().event("target " + plan.target());
            var execution = new Execution(plan);
            codes.add(execution.run());
            if (execution.isInterrupted()) {
                return ExitCode.of(codes);
            }
            execution.folder().ifPresent(folder -> folders.add(folder.toString()));
        }
        codes.add(compare(folders));
        return ExitCode.of(codes);
    }

    private ExitCode compare(List<String> folders) {
        var own = plans.get(0).invocation();
        own.out().println();
        return new CompareCommand().run(new Invocation(folders, own.environment(), own.out(), own.termination()));
    }
}
