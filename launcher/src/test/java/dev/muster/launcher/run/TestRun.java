package dev.muster.launcher.run;

import dev.muster.launcher.EveryExperiment;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The only repetition of a run that nobody carries out, as a load sees it. */
public final class TestRun {
    private TestRun() {}

    /**
     * One that nobody is shown.
     *
     * @param results the parent folder of its own
     * @param arguments the experiment's name and options
     */
    public static Run of(Path results, String... arguments) throws IOException {
        return of(results, new Spectator() {}, arguments);
    }

    /**
     * One.
     *
     * @param results the parent folder of its own
     * @param arguments the experiment's name and options
     */
    static Run of(Path results, Spectator spectator, String... arguments) throws IOException {
        var invocation = new Invocation(List.of(arguments), Map.of(), System.out, new Termination());
        var experiments = new Experiments(EveryExperiment.list());
        var plan = PlanReader.read(
                        experiments,
                        () -> new Given(experiments.groups(), Set.of(), invocation.arguments(), Map.of()),
                        invocation)
                .get(0);
        var result = ResultFolder.create(Files.createDirectories(results), arguments[0], Instant.now());
        var nothing = new Found(
                result.run(), arguments[0], Map.of(), Environment.current("", Map.of()), List.of(), List.of());
        return new Run(
                plan,
                nothing,
                result,
                result,
                new Progress(System.err, false),
                new Interruption(),
                new Linger(Duration.ZERO),
                spectator);
    }
}
