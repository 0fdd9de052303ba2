package dev.muster.launcher.scenario;

import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.catalogue.ResultMetric.Better;
import dev.muster.launcher.catalogue.ResultMetric.Kind;
import dev.muster.launcher.options.OptionInfo;
import java.util.List;
import java.util.Locale;

/** All experiments for people: the question of each, what can be set, and what it measures. */
public final class ExperimentList {
    private ExperimentList() {}

    /** The text of {@code run --list}. */
    public static String of(List<Vocabulary> vocabularies) {
        var text = new StringBuilder();
        vocabularies.forEach(vocabulary -> append(text, vocabulary));
        return text.toString();
    }

    private static void append(StringBuilder text, Vocabulary vocabulary) {
        text.append(text.isEmpty() ? "" : "\n")
                .append(vocabulary.experiment())
                .append(": ")
                .append(vocabulary.question())
                .append("\n\n  ");
        text.append(String.format("%-24s %-12s %s%n", "parameter", "default", "meaning"));
        vocabulary
                .terms()
                .forEach(term -> text.append(String.format(
                        "  %-24s %-12s %s%n",
                        term.path(),
                        term.option().fallback().isEmpty() ? "-" : term.option().fallback(),
                        meaning(vocabulary, term))));
        text.append(String.format("%n  %-24s %-26s %s%n", "metric", "unit, kind, better", "meaning"));
        vocabulary
                .catalogue()
                .metrics()
                .forEach(metric ->
                        text.append(String.format("  %-24s %-26s %s%n", metric.id(), nature(metric), metric.help())));
    }

    private static String meaning(Vocabulary vocabulary, Vocabulary.Term term) {
        return Vocabulary.SHARED.contains(term.path())
                ? "The same as " + vocabulary.experiment() + "." + key(term.option())
                : term.option().help();
    }

    private static String key(OptionInfo option) {
        return option.name().substring("--".length());
    }

    private static String nature(ResultMetric metric) {
        var unit = metric.unit().symbol();
        return (unit.isEmpty() ? "" : unit + ", ")
                + (metric.kind() == Kind.VALUE ? "value" : "distribution")
                + (metric.better() == Better.NEITHER
                        ? ""
                        : ", " + metric.better().name().toLowerCase(Locale.ROOT));
    }
}
