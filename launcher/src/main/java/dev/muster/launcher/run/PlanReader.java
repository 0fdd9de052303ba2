package dev.muster.launcher.run;

import dev.muster.faults.FaultKind;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.faults.FaultsFile;
import dev.muster.launcher.faults.PlannedFaults;
import dev.muster.launcher.faults.Rights;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.scenario.Scenario;
import dev.muster.launcher.scenario.Scenario.Line;
import dev.muster.launcher.scenario.ScenarioFile;
import dev.muster.launcher.scenario.Sets;
import dev.muster.launcher.threshold.Asked;
import dev.muster.launcher.threshold.Threshold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a plan of the command line and the scenario, or tells everything that is wrong with them at once. */
final class PlanReader {
    private final Experiments experiments;
    private final Given given;
    private final Invocation invocation;
    private final String target;
    private final List<String> problems = new ArrayList<>();

    private PlanReader(Experiments experiments, Given given, Invocation invocation, String target) {
        this.experiments = experiments;
        this.given = given;
        this.invocation = invocation;
        this.target = target;
    }

    /**
     * Reads all: a plan for each target of the scenario, or a single one when it has none.
     *
     * @param given makes what the user gave anew, for each plan fills it in
     * @throws UsageException with every problem
     */
    static List<Plan> read(Experiments experiments, Supplier<Given> given, Invocation invocation) {
        var named = new PlanReader(experiments, given.get(), invocation, "")
                .scenario()
                .targets();
        var targets = named.isEmpty()
                ? List.of("")
                : named.stream().map(Scenario.Target::name).toList();
        var plans = new ArrayList<Plan>();
        var problems = new LinkedHashSet<String>();
        for (var target : targets) {
            try {
                plans.add(new PlanReader(experiments, given.get(), invocation, target).read());
            } catch (UsageException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageException(List.copyOf(problems));
        }
        return plans;
    }

    private Plan read() {
        var scenario = scenario();
        var experiment = experiments.named(scenario.experiment());
        var sets = experiment.map(this::sets);
        sets.ifPresent(set -> given.take(set.values()));
        given.take(scenario.values());
        scenario.targets().stream().filter(each -> each.name().equals(target)).forEach(this::take);
        var options = given.bind(groups(experiment));
        problems.forEach(options::problem);
        experiment.ifPresent(chosen -> options.problems(chosen.problems(options)));
        checkFolders(options);
        checkData(options);
        checkAlone(options);
        var lines = new ArrayList<>(scenario.thresholds());
        sets.ifPresent(set -> lines.addAll(set.thresholds()));
        lines.addAll(thresholds());
        var asked = experiment.map(chosen -> asked(chosen, lines, options)).orElse(List.of());
        var faults = experiment.flatMap(chosen -> faults(chosen, options));
        if (!options.problems().isEmpty()) {
            throw new UsageException(options.problems());
        }
        var texts = new HashMap<>(scenario.texts());
        sets.ifPresent(set -> texts.putAll(set.texts()));
        var name = texts.getOrDefault("name", scenario.experiment());
        return new Plan(
                experiment.orElseThrow(),
                given,
                options,
                asked,
                faults,
                target.isEmpty() ? name : name + ", " + target,
                target,
                description(texts),
                invocation);
    }

    /** What the command line says would be the same for all targets, and nothing left to compare. */
    private void take(Scenario.Target chosen) {
        for (var value : chosen.values()) {
            if (given.isOnCommandLine(value.option())) {
                problems.add(value.label() + ": tells the targets apart, and is given as " + given.label(value.option())
                        + " for all of them");
            }
        }
        given.take(chosen.values());
    }

    private static String description(Map<String, String> texts) {
        return texts.getOrDefault("description", "");
    }

    /** What the one word says: an experiment alone, or the file of a scenario. */
    private Scenario scenario() {
        var names = experiments.names();
        if (given.words().size() != 1) {
            problems.add("run takes one experiment, one of " + String.join(", ", names) + ", or one scenario's file");
            return named("");
        }
        var word = given.words().get(0);
        if (names.contains(word)) {
            return named(word);
        }
        if (word.endsWith(".yaml") || word.endsWith(".yml") || Files.isRegularFile(Path.of(word))) {
            return ScenarioFile.read(word, experiments.vocabularies(), problems);
        }
        problems.add(word + ": no such experiment among " + String.join(", ", names)
                + ", and no scenario: its file's name would end in .yaml" + Nearest.question(word, names));
        return named("");
    }

    private static Scenario named(String experiment) {
        return new Scenario(experiment, Map.of(), List.of(), List.of());
    }

    private Scenario sets(Experiment experiment) {
        return Sets.read(given.texts(Sets.OPTION), Experiments.vocabulary(experiment), problems);
    }

    /** The options that apply; those of every experiment when none is chosen, so that the rest is checked. */
    private List<OptionGroup> groups(Optional<Experiment> chosen) {
        return chosen.map(experiments::groups).orElseGet(experiments::groups);
    }

    private List<Line> thresholds() {
        var option = RunOptions.THRESHOLD;
        return given.list(option).stream()
                .map(text -> new Line(text, given.origin(option), given.label(option)))
                .toList();
    }

    /** What is asked of the run's numbers; what can't be understood becomes a problem. */
    private static List<Asked> asked(Experiment experiment, List<Line> lines, Options options) {
        var catalogue = experiment.catalogue();
        var asked = new ArrayList<Asked>();
        for (var line : lines) {
            try {
                asked.add(Asked.of(Threshold.parse(line.text(), catalogue), line.origin()));
            } catch (IllegalArgumentException e) {
                options.problem(line.label() + " '" + line.text() + "': " + e.getMessage());
            }
        }
        if (options.of(RunOptions.class).slo() != null) {
            asked.addAll(Asked.kubernetes(catalogue));
        }
        return asked;
    }

    /** What the file of faults says. Whether the cluster allows it is asked when nothing else is wrong. */
    private Optional<PlannedFaults> faults(Experiment experiment, Options options) {
        var file = options.of(RunOptions.class).faults();
        if (file == null) {
            return Optional.empty();
        }
        var planned = FaultsFile.read(file.toString(), options::problem);
        planned.ifPresent(all -> options.problems(processProblems(experiment, all, options)));
        if (planned.isPresent() && options.problems().isEmpty()) {
            options.problems(Rights.problems(planned.get(), invocation.environment()));
        }
        return planned;
    }

    private static List<String> processProblems(Experiment experiment, PlannedFaults planned, Options options) {
        boolean deployed = options.of(RunOptions.class).on() == RunOptions.Place.KUBERNETES;
        var known = deployed ? Set.<String>of() : experiment.processes(options);
        var none = deployed ? "and none at all: " + RunOptions.ON + "=kubernetes has delete-pods" : "and none at all";
        return planned.faults().stream()
                .filter(each -> each.kind() == FaultKind.STOP_PROCESS && !known.contains(each.target()))
                .map(each -> planned.file() + ":" + each.line() + ": stop-process: this run starts no process '"
                        + each.target() + "', "
                        + (known.isEmpty() ? none : "but " + String.join(", ", known))
                        + Nearest.question(each.target(), known))
                .distinct()
                .toList();
    }

    private static void checkData(Options options) {
        var general = options.of(GeneralOptions.class);
        if (general.keepData() && general.dataDir() == null) {
            options.problems(List.of("--keep-data needs the folder to keep the data in: give --data-dir"));
        }
        if (general.keepData() && options.of(RunOptions.class).repeat() > 1) {
            options.problems(
                    List.of("--keep-data can't stand with --repeat: each repetition begins with an empty table"));
        }
    }

    /** One file, or one document on standard output, can't hold what several runs say. */
    private void checkAlone(Options options) {
        var run = options.of(RunOptions.class);
        if (!target.isEmpty()
                && (run.junit() != null || run.markdown() != null || run.output() != RunOptions.Output.TEXT)) {
            options.problems(List.of("--junit, --markdown and --output are for one run, and the scenario has targets:"
                    + " take each one's summary.json, and muster compare"));
        }
    }

    /** A file that can't be written is told before a run of an hour, not after it. */
    private static void checkFolders(Options options) {
        var run = options.of(RunOptions.class);
        checkFolder("--junit", run.junit(), options);
        checkFolder("--markdown", run.markdown(), options);
    }

    private static void checkFolder(String option, @Nullable Path file, Options options) {
        if (file == null) {
            return;
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            options.problems(List.of(option + ": " + file + " can't be written: name a file in a folder that exists"));
        }
    }
}
