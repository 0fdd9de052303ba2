package dev.muster.launcher.run;

import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.pipeline.JUnitReport;
import dev.muster.launcher.pipeline.MarkdownReport;
import dev.muster.launcher.report.Report;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.State;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.result.ResultText;
import dev.muster.launcher.result.RunningMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a plan out, repetition by repetition, and writes the result. What was measured is kept whatever comes between:
 * a signal, or a repetition that can't begin.
 */
final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /** Within the 30 s that Kubernetes gives a pod by default. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Plan plan;
    private final Interruption interruption = new Interruption();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Progress progress = Progress.standard();
    private final Linger linger;
    private final Spectator spectator;
    private Optional<Path> folder = Optional.empty();

    Execution(Plan plan) {
        this.plan = plan;
        this.linger = new Linger(plan.run().linger());
        this.spectator = Spectator.of(plan, progress);
    }

    /**
     * Runs it.
     *
     * @throws StartException when something can't be started, or the result can't be written
     */
    ExitCode run() {
        var termination = plan.invocation().termination();
        try {
            var name = plan.experiment().name();
            var results = plan.options().of(GeneralOptions.class).results();
            var folder = ResultFolder.create(results, name, Instant.now());
            this.folder = Optional.of(folder.path());
            var environment = Environment.current(Build.ours().toString(), Build.versions());
            termination.onSignal(this::interrupt);
            var parameters = new TreeMap<>(plan.experiment().parameters(plan.options()));
            if (!plan.target().isEmpty()) {
                parameters.put("target", plan.target());
            }
            plan.faults().ifPresent(faults -> parameters.putAll(faults.parameters()));
            if (isOnKubernetes()) {
                parameters.put("on", "kubernetes");
            }
            spectator.begins(folder.run());
            var nothing = new Found(folder.run(), name, parameters, environment, plan.asked(), List.of());
            var code = run(folder, nothing);
            if (linger.isWanted() && !interruption.isRequested()) {
                linger(code);
            }
            return code;
        } catch (IOException e) {
            throw new StartException(
                    "can't write the result: " + e.getMessage() + "; choose a folder with --results", e);
        } finally {
            linger.release();
            written.countDown();
            termination.forget();
        }
    }

    /** Where the result is; empty before {@link #run}. */
    Optional<Path> folder() {
        return folder;
    }

    /** Whether a signal has ended it early. */
    boolean isInterrupted() {
        return interruption.isRequested();
    }

    private ExitCode run(ResultFolder folder, Found nothing) throws IOException {
        if (!plan.description().isEmpty()) {
            progress.event(plan.name() + ": " + plan.description());
        }
        var running = RunningMark.on(folder);
        try {
            return write(folder, repeat(folder, nothing));
        } finally {
            running.close();
        }
    }

    private ExitCode write(ResultFolder folder, Found found) throws IOException {
        var result = found.result(interruption.isRequested() ? State.INTERRUPTED : State.FINISHED);
        folder.write(result);
        Report.write(folder);
        print(result, folder);
        write("--junit", plan.run().junit(), JUnitReport.of(result, plan.name()));
        write("--markdown", plan.run().markdown(), MarkdownReport.of(result, plan.name()));
        return Found.code(result);
    }

    /** Keeps what was started for a while. A signal ends that, and the run's own exit code stays. */
    private void linger(ExitCode code) {
        plan.invocation().termination().onSignal(() -> {
            linger.end();
            awaitEnd();
            return Optional.of(code);
        });
        if (!interruption.isRequested()) {
            progress.event("/metrics stays up for " + linger.text() + "; Ctrl-C ends it");
            linger.await();
        }
    }

    /** Of a pipeline's file the option is named: the result itself has been written. */
    private static void write(String option, @Nullable Path file, String content) {
        try {
            if (file != null) {
                Files.writeString(file, content);
            }
        } catch (IOException e) {
            throw new StartException(option + ": can't write " + file + ": " + e.getMessage(), e);
        }
    }

    private Found repeat(ResultFolder folder, Found nothing) throws IOException {
        int count = plan.run().repeat();
        var found = nothing;
        for (int number = 1; number <= count && (number == 1 || !interruption.isRequested()); number++) {
            if (count > 1) {
                progress.event("repetition " + number + " of " + count);
            }
            // Whatever ends it from here on leaves a result that can be read.
            folder.write(found.result(State.RUNNING));
            try {
                var own = count == 1 ? folder : folder.repetition(number);
                found = found.with(
                        carryOut(new Run(plan, found, folder, own, progress, interruption, linger, spectator)));
            } catch (IOException | RuntimeException e) {
                if (interruption.isRequested()) {
                    // What is half started can fail in any way when the process is told to end.
                    LOG.debug("event=interrupted", e);
                    return found;
                }
                folder.write(found.result(State.INTERRUPTED));
                Report.write(folder);
                throw e;
            }
        }
        return found;
    }

    private Findings carryOut(Run run) throws IOException {
        if (!isOnKubernetes()) {
            return plan.experiment().run(run);
        }
        try (var deployed = Deployed.find(run, plan.experiment())) {
            return plan.experiment().run(run, deployed);
        }
    }

    private boolean isOnKubernetes() {
        return plan.run().on() == RunOptions.Place.KUBERNETES;
    }

    private void print(Result result, ResultFolder folder) throws IOException {
        var out = plan.invocation().out();
        switch (plan.run().output()) {
            case TEXT -> out.print(ResultText.of(result, folder.path()));
            case JSON -> out.print(ResultFolder.json(result));
            case STREAM -> spectator.ends(result);
        }
        out.flush();
    }

    /** Lets the run write what it has; the process then exits with the signal's own code. */
    private Optional<ExitCode> interrupt() {
        interruption.request();
        awaitEnd();
        return Optional.empty();
    }

    private void awaitEnd() {
        try {
            if (!written.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("muster: the result was not written within " + GRACE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
