package dev.muster.launcher.result;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A result for people: the verdict before any number. */
public final class ResultText {
    private static final String COLUMNS = " %10s %10s %10s %10s %10s %10s %10s%n";

    /** No narrower than this, so that results of the same experiment look the same. */
    private static final int LEAST_WIDTH = 24;

    private ResultText() {}

    public static String of(Result result, Path folder) {
        var text = new StringBuilder();
        text.append(result.state() == Result.State.FINISHED ? "" : result.state() + ", ")
                .append(result.verdict().word());
        text.append("  run ")
                .append(result.run())
                .append(parameters(result.parameters()))
                .append('\n');
        result.verdict()
                .reasons()
                .forEach(reason -> text.append("  ").append(reason.text()).append('\n'));
        result.verdict()
                .notes()
                .forEach(note -> text.append("  note: ").append(note.text()).append('\n'));
        if (!result.complete()) {
            text.append("  incomplete: something that was asked for failed or was lost, see the numbers")
                    .append(result.repetitions().size() > 1 ? " of each repetition in the report" : "")
                    .append('\n');
        }
        text.append('\n');
        thresholds(result.thresholds(), text);
        numbers(shown(result), text);
        faults(result, text);
        return text.append("\nresult: ")
                .append(folder)
                .append("\nreport: ")
                .append(folder.resolve(ResultFolder.REPORT))
                .append('\n')
                .toString();
    }

    /** All but what only some runs of the experiment can measure and this one has not. */
    private static Map<String, Measurement> shown(Result result) {
        var catalogue = Catalogue.of(result.experiment());
        var shown = new LinkedHashMap<>(result.metrics());
        shown.entrySet()
                .removeIf(each -> !isMeasured(each.getValue())
                        && catalogue
                                .flatMap(known -> known.metric(each.getKey()))
                                .filter(metric -> !metric.isShownWithout())
                                .isPresent());
        return shown;
    }

    private static boolean isMeasured(Measurement metric) {
        return metric instanceof Distributed samples
                ? samples.count() > 0
                : metric instanceof Value value && value.value() != null;
    }

    private static void numbers(Map<String, Measurement> metrics, StringBuilder text) {
        var label = "%-" + width(metrics) + "s";
        metrics.forEach((name, metric) -> {
            if (metric instanceof Value value) {
                text.append(String.format(label + " %s%n", name, plain(value)));
            }
        });
        text.append('\n');
        text.append(String.format(label + COLUMNS, "", "count", "p50", "p90", "p95", "p99", "p99.9", "max"));
        metrics.forEach((name, metric) -> {
            if (metric instanceof Distributed distributed) {
                text.append(row(label, name, distributed));
            }
        });
    }

    private static void faults(Result result, StringBuilder text) {
        for (var repetition : result.repetitions()) {
            if (!repetition.faults().isEmpty()) {
                text.append("\nfaults")
                        .append(result.repetitions().size() > 1 ? " of repetition " + repetition.number() : "")
                        .append('\n');
            }
            for (var fault : repetition.faults()) {
                text.append("  ").append(FaultText.deed(fault)).append('\n');
                var impact = fault.impact();
                if (impact != null) {
                    text.append("     ").append(FaultText.impact(impact)).append('\n');
                }
            }
        }
    }

    private static void thresholds(List<Result.Check> checks, StringBuilder text) {
        int width = checks.stream()
                .mapToInt(check -> check.threshold().length())
                .max()
                .orElse(0);
        checks.forEach(check -> text.append(String.format("%-12s", check.word()))
                .append(String.format("  %-" + width + "s", check.threshold()))
                .append(String.format("  %s  (%s)%n", String.join("; ", check.observed()), check.origin())));
        text.append(checks.isEmpty() ? "" : "\n");
    }

    private static String parameters(Map<String, String> parameters) {
        var text = new StringBuilder();
        new java.util.TreeMap<>(parameters)
                .forEach((name, value) ->
                        text.append(", ").append(name).append(' ').append(value));
        return text.toString();
    }

    private static String plain(Value value) {
        return Figures.text(value.value(), value.unit());
    }

    private static int width(Map<String, Measurement> metrics) {
        return metrics.entrySet().stream()
                .mapToInt(metric -> named(metric.getKey(), metric.getValue()).length())
                .reduce(LEAST_WIDTH, Math::max);
    }

    /** Of samples with their unit, which a single value has beside it. */
    private static String named(String name, Measurement metric) {
        return metric instanceof Distributed samples && !samples.unit().isEmpty() ? name + " " + samples.unit() : name;
    }

    private static String row(String label, String name, Distributed samples) {
        if (samples.count() == 0) {
            return String.format(label + " %10s%n", named(name, samples), "no samples");
        }
        return String.format(
                label + COLUMNS,
                named(name, samples),
                String.format(Locale.ROOT, "%,d", samples.count()),
                Figures.text(samples.p50()),
                Figures.text(samples.p90()),
                Figures.text(samples.p95()),
                Figures.text(samples.p99()),
                Figures.text(samples.p999()),
                Figures.text(samples.max()));
    }
}
