package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.record.Recording;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.roles.HostedRoles;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One run as an experiment sees it: its options, its folder, its progress, and whether it is to end early. */
final class Run {
    private final String experiment;
    private final Given given;
    private final Options options;
    private final ResultFolder folder;
    private final Progress progress;
    private final Invocation invocation;
    private final Environment environment = Environment.current(Build.ours().toString(), Build.versions());
    private final CountDownLatch interrupt = new CountDownLatch(1);

    /**
     * @param experiment its name
     * @param given what the user gave, as text
     * @param options the same, converted and checked
     */
    Run(
            String experiment,
            Given given,
            Options options,
            ResultFolder folder,
            Progress progress,
            Invocation invocation) {
        this.experiment = experiment;
        this.given = given;
        this.options = options;
        this.folder = folder;
        this.progress = progress;
        this.invocation = invocation;
    }

    /** The values of one of its option interfaces. */
    <T> T options(Class<T> type) {
        return options.of(type);
    }

    /** Where its result goes. */
    ResultFolder folder() {
        return folder;
    }

    /** Where it shows how it goes on. */
    Progress progress() {
        return progress;
    }

    /** It is to end now and keep what it has. Safe to call from any thread. */
    void interrupt() {
        interrupt.countDown();
    }

    /** Whether it is to end now and keep what it has. */
    boolean interrupted() {
        return interrupt.getCount() == 0;
    }

    /** Waits so long, or until the run is interrupted. */
    void pause(Duration time) {
        try {
            if (interrupt.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                progress.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupt();
        }
    }

    /** Starts roles in this process with these options; how much is logged and where data go is the user's choice. */
    HostedRoles start(List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.add("--verbosity=" + options.of(GeneralOptions.class).verbosity());
        given.text("--data-dir").ifPresent(folder -> all.add("--data-dir=" + folder));
        return HostedRoles.start(all, invocation.environment());
    }

    /** Writes that it has begun: whatever ends it from here on leaves a result that can be read. */
    void begin(Map<String, String> parameters) throws IOException {
        var nothing = new Verdict.Reason(
                "nothing-measured",
                "the load has not begun",
                "a load that came to its end",
                "run it again, and look at what it prints when it ends");
        folder.write(result(
                parameters,
                Instant.now(),
                0,
                Result.State.RUNNING,
                new Verdict(List.of(nothing), List.of()),
                Map.of(),
                List.of()));
    }

    /**
     * Records from now on what the collector hears, and keeps {@code summary.json} a second behind.
     *
     * @param before the collector's answer before the load
     * @param names what the result calls the collector's metrics
     * @param soFar what is known of the findings while the load goes on
     */
    Recording record(Bus bus, Stats before, UnaryOperator<String> names, Function<RunHealth, Findings> soFar)
            throws IOException {
        return Recording.start(
                folder.path(),
                before,
                bus::stats,
                names,
                observed -> folder.write(result(soFar.apply(observed), Result.State.RUNNING)));
    }

    /** What was found, as a result. */
    Result result(Findings findings, Result.State state) {
        return result(
                findings.parameters(),
                findings.start(),
                findings.durationSeconds(),
                state,
                findings.verdict(),
                findings.metrics().measurements(),
                List.of(findings.repetition(1)));
    }

    private Result result(
            Map<String, String> parameters,
            Instant start,
            double durationSeconds,
            Result.State state,
            Verdict verdict,
            Map<String, Measurement> metrics,
            List<Result.Repetition> repetitions) {
        return new Result(
                Result.VERSION,
                folder.run(),
                experiment,
                parameters,
                environment,
                start.toString(),
                durationSeconds,
                state,
                Result.Judgement.of(verdict),
                List.of(),
                metrics,
                repetitions);
    }
}
