package dev.muster.launcher.run;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Logging;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.OptionInfo;
import dev.muster.launcher.roles.EmbeddedDatabase;
import dev.muster.launcher.scenario.ExperimentList;
import dev.muster.launcher.scenario.ScenarioSchema;
import dev.muster.launcher.scenario.Vocabulary;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code run EXPERIMENT} or {@code run SCENARIO.yaml}: runs it, writes its result and prints it. */
public final class RunCommand implements Command {
    private static final String FOOTER = """

            Every parameter of the experiment can also be set as --set EXPERIMENT.KEY=VALUE, and every key of a scenario
            as --set KEY=VALUE. What is given wins in this order: the command line, the scenario, the environment
            (MUSTER_MINIONS), the file of --config (minions: 1000).
            Durations: 500ms, 2s, 1m, 1h; a bare number is seconds.
            Exit codes: 0 passed, 1 error, 2 wrong options, 4 a measurement failed, 5 invalid, 99 a threshold was missed,
            130 and 143 interrupted; of several the first of 2, 1, 4, 5, 99.
            """;

    private final Experiments experiments;

    /**
     * @param experiments that can be run, in the order in which to show them
     */
    public RunCommand(List<Experiment> experiments) {
        this.experiments = new Experiments(List.copyOf(experiments));
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "runs an experiment or a scenario, and judges it";
    }

    @Override
    public String help(Invocation invocation) {
        var given = given(invocation);
        var text = new StringBuilder(
                "Usage: muster run EXPERIMENT|SCENARIO.yaml [OPTION...]\n       muster run --list\n\n");
        text.append("Experiments:\n");
        experiments.all().forEach(each -> text.append(String.format("  %-12s%s%n", each.name(), each.summary())));
        var chosen = given.words().stream()
                .flatMap(word -> experiments.named(word).stream())
                .findFirst();
        return text.append(Help.of("Options", chosen.map(experiments::groups).orElseGet(experiments::groups)))
                .append(FOOTER)
                .toString();
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var given = given(invocation);
        if (given.flag(RunOptions.LIST)) {
            return print(ExperimentList.of(experiments.vocabularies()), given, invocation);
        }
        if (given.flag(RunOptions.SCHEMA)) {
            return print(ScenarioSchema.of(experiments.vocabularies()), given, invocation);
        }
        var plans = PlanReader.read(experiments, () -> given(invocation), invocation);
        Logging.configure(plans.get(0).options().of(GeneralOptions.class).verbosity(), "run");
        var agreed = plans.stream()
                .map(plan -> plan.agreed(Progress.standard()::event))
                .toList();
        return agreed.size() == 1 ? new Execution(agreed.get(0)).run() : new TargetRuns(agreed).run();
    }

    /** What can be run, and what each run can be given. */
    public List<Vocabulary> vocabularies() {
        return experiments.vocabularies();
    }

    /** What a form asks of every run beside its vocabulary: where the roles are. */
    public List<OptionInfo> beside() {
        return Experiments.beside();
    }

    /**
     * What is wrong with a command line, one line each; empty when it could be run. Runs nothing.
     *
     * @param arguments with the command's own name in front
     */
    public List<String> problems(List<String> arguments, Map<String, String> environment) {
        var out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var words = arguments.subList(1, arguments.size());
        var invocation = new Invocation(words, environment, out, new Termination());
        try {
            PlanReader.read(experiments, () -> given(invocation), invocation);
            return List.of();
        } catch (UsageException e) {
            return e.problems();
        }
    }

    private ExitCode print(String text, Given given, Invocation invocation) {
        var problems = given.bind(experiments.groups()).problems();
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        invocation.out().print(text);
        return ExitCode.PASSED;
    }

    private Given given(Invocation invocation) {
        return new Given(
                experiments.groups(),
                Set.of(EmbeddedDatabase.HOME_VARIABLE),
                invocation.arguments(),
                invocation.environment());
    }
}
