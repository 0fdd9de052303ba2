package dev.muster.launcher.compare;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.ConfigOption;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.OptionGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code compare RESULTS_A RESULTS_B [...]}: each against the first, metric by metric. */
public final class CompareCommand implements Command {
    private static final List<OptionGroup> OPTIONS =
            List.of(OptionGroup.of("", CompareOptions.class), OptionGroup.of("", ConfigOption.class));

    private static final String USAGE = """
            Usage: muster compare RESULTS_A RESULTS_B [RESULTS_C...] [OPTION...]

            Compares results metric by metric with the first one, and says of each whether it is faster, slower, or no
            difference is shown. RESULTS is the folder of a run, or several folders of runs that were alike with commas
            between them: their repetitions are then taken together. 3 repetitions of each side are needed to show a
            difference.

            Exits 0, or 99 when --fail-if-slower finds something, or 2 when a result can't be read.
            """;

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String summary() {
        return "says which of two results is faster, and how sure that is";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", OPTIONS);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var given = new Given(OPTIONS, Set.of(), invocation.arguments(), invocation.environment());
        var problems = new ArrayList<String>();
        var sides = sides(given.words(), problems);
        var metrics = given.list(CompareOptions.METRIC);
        problems.addAll(unknown(metrics, sides));
        var bound = given.bind(OPTIONS);
        problems.forEach(bound::problem);
        if (!bound.problems().isEmpty()) {
            throw new UsageException(bound.problems());
        }
        var options = bound.of(CompareOptions.class);
        var report = Report.of(sides, metrics, Optional.ofNullable(options.failIfSlower()));
        invocation.out().print(options.output().print(report));
        invocation.out().flush();
        return report.passed() ? ExitCode.PASSED : ExitCode.THRESHOLDS_FAILED;
    }

    private static List<Side> sides(List<String> words, List<String> problems) {
        if (words.size() < 2) {
            problems.add("compare takes the folders of two results or more, the baseline first: "
                    + "muster compare RESULTS_A RESULTS_B");
        } else if (words.size() > Side.MOST) {
            problems.add("compare takes at most " + Side.MOST + " results, not " + words.size());
        }
        var sides = new ArrayList<Side>();
        for (int i = 0; i < Math.min(words.size(), Side.MOST); i++) {
            Side.read(Side.name(i), words.get(i), problems).ifPresent(sides::add);
        }
        return sides;
    }

    /** A name that no result has would leave nothing to compare, and the user unaware of it. */
    private static List<String> unknown(Collection<String> metrics, List<Side> sides) {
        var known = new TreeSet<String>();
        sides.forEach(side -> known.addAll(side.metrics().keySet()));
        return known.isEmpty()
                ? List.of()
                : metrics.stream()
                        .filter(metric -> !known.contains(metric))
                        .map(metric -> CompareOptions.METRIC + ": no result has a metric '" + metric + "'"
                                + Nearest.question(metric, known))
                        .toList();
    }
}
