package dev.muster.launcher.run;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Logging;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.ConfigOption;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.report.Report;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.result.ResultText;
import dev.muster.launcher.roles.EmbeddedDatabase;
import dev.muster.launcher.run.RunOptions.Output;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code run EXPERIMENT}: runs it, writes its result and prints it. */
public final class RunCommand implements Command {
    /** Within the 30 s that Kubernetes gives a pod by default. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    /** A run shows its progress; of the log it shows warnings alone unless it is asked for more. */
    private static final List<OptionGroup> COMMON = List.of(
            OptionGroup.of("", RunOptions.class),
            new OptionGroup("", GeneralOptions.class, Map.of("--verbosity", "0")),
            OptionGroup.of("", ConfigOption.class));

    private final List<Experiment> experiments = List.of(new BootExperiment());

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "runs an experiment and judges it";
    }

    @Override
    public String help(Invocation invocation) {
        var given = given(invocation);
        var text = new StringBuilder("Usage: muster run EXPERIMENT [OPTION...]\n\nExperiments:\n");
        experiments.forEach(each -> text.append(String.format("  %-12s%s%n", each.name(), each.summary())));
        var chosen = experiments.stream().filter(each -> given.words().contains(each.name()));
        var groups =
                Stream.concat(COMMON.stream(), chosen.map(Experiment::options)).toList();
        return text.append(Help.of("Options", groups)).toString();
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var given = given(invocation);
        var problems = new ArrayList<String>();
        var experiment = experiment(given.words(), problems);
        var options = given.bind(groups(experiment));
        problems.forEach(options::problem);
        experiment.ifPresent(chosen -> options.problems(chosen.problems(options)));
        if (!options.problems().isEmpty()) {
            throw new UsageException(options.problems());
        }
        Logging.configure(options.of(GeneralOptions.class).verbosity(), "run");
        return run(experiment.orElseThrow(), given, options, invocation);
    }

    private Given given(Invocation invocation) {
        return new Given(
                groups(Optional.empty()),
                Set.of(EmbeddedDatabase.HOME_VARIABLE),
                invocation.arguments(),
                invocation.environment());
    }

    /** The options that apply; those of every experiment when none is chosen. */
    private List<OptionGroup> groups(Optional<Experiment> chosen) {
        var own = chosen.map(Stream::of).orElseGet(experiments::stream).map(Experiment::options);
        return Stream.concat(COMMON.stream(), own).toList();
    }

    private Optional<Experiment> experiment(List<String> words, List<String> problems) {
        var names = experiments.stream().map(Experiment::name).toList();
        if (words.size() != 1) {
            problems.add("run takes one experiment, one of: " + String.join(", ", names));
            return Optional.empty();
        }
        var word = words.get(0);
        var found =
                experiments.stream().filter(each -> each.name().equals(word)).findFirst();
        if (found.isEmpty()) {
            problems.add(
                    word + ": no such experiment among " + String.join(", ", names) + Nearest.question(word, names));
        }
        return found;
    }

    private static ExitCode run(Experiment experiment, Given given, Options options, Invocation invocation) {
        var written = new CountDownLatch(1);
        try {
            var results = options.of(GeneralOptions.class).results();
            var folder = ResultFolder.create(results, experiment.name(), Instant.now());
            var run = new Run(experiment.name(), given, options, folder, Progress.standard(), invocation);
            invocation.termination().onSignal(() -> interrupt(run, written));
            return run(experiment, run, options, invocation);
        } catch (IOException e) {
            throw new StartException(
                    "can't write the result: " + e.getMessage() + "; choose a folder with --results", e);
        } finally {
            written.countDown();
            invocation.termination().forget();
        }
    }

    private static ExitCode run(Experiment experiment, Run run, Options options, Invocation invocation)
            throws IOException {
        var findings = experiment.run(run);
        var result = run.result(findings, run.interrupted() ? Result.State.INTERRUPTED : Result.State.FINISHED);
        run.folder().write(result);
        Report.write(run.folder());
        boolean json = options.of(RunOptions.class).output() == Output.JSON;
        invocation
                .out()
                .print(
                        json
                                ? ResultFolder.json(result)
                                : ResultText.of(result, run.folder().path()));
        invocation.out().flush();
        return code(findings);
    }

    private static ExitCode code(Findings findings) {
        var applying = new ArrayList<ExitCode>();
        if (!findings.complete()) {
            applying.add(ExitCode.MEASUREMENT_FAILED);
        }
        if (!findings.verdict().valid()) {
            applying.add(ExitCode.INVALID);
        }
        return ExitCode.of(applying);
    }

    /** Lets the run write what it has; the process then exits with the signal's own code. */
    private static Optional<ExitCode> interrupt(Run run, CountDownLatch written) {
        run.interrupt();
        try {
            if (!written.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("muster: the result was not written within " + GRACE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
