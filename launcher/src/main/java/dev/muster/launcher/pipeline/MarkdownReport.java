package dev.muster.launcher.pipeline;

import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.State;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A result as Markdown (GitHub's, with tables), for the summary of a job: the verdict before any number. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /**
     * Its text.
     *
     * @param name the scenario's, or the experiment's
     */
    public static String of(Result result, String name) {
        var text = new StringBuilder();
        var state =
                result.state() == State.FINISHED ? "" : result.state().name().toLowerCase(Locale.ROOT) + ", ";
        text.append("## ")
                .append(cell(name))
                .append(": ")
                .append(state)
                .append(result.verdict().word());
        text.append("\n\nRun `").append(result.run()).append("`, ");
        text.append(new TreeMap<>(result.parameters())
                .entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ")));
        text.append(
                result.repetitions().size() > 1 ? ", " + result.repetitions().size() + " repetitions" : "");
        text.append(", Muster ").append(result.environment().muster()).append(".\n");
        verdict(result, text);
        thresholds(result, text);
        values(result, text);
        distributions(result, text);
        return text.toString();
    }

    private static void verdict(Result result, StringBuilder text) {
        text.append(result.complete() ? "" : "\nIncomplete: something that was asked for failed or was lost.\n");
        var verdict = result.verdict();
        text.append(verdict.reasons().isEmpty() && verdict.notes().isEmpty() ? "" : "\n");
        verdict.reasons()
                .forEach(reason -> text.append("- ").append(cell(reason.text())).append('\n'));
        verdict.notes()
                .forEach(note ->
                        text.append("- note: ").append(cell(note.text())).append('\n'));
    }

    private static void thresholds(Result result, StringBuilder text) {
        if (result.thresholds().isEmpty()) {
            return;
        }
        text.append("\n| | threshold | measured | asked by |\n|---|---|---|---|\n");
        result.thresholds()
                .forEach(check -> row(
                        text,
                        check.met() ? "met" : "**" + check.word() + "**",
                        "`" + check.threshold().replace("|", "\\|") + "`",
                        cell(String.join("; ", check.observed())),
                        cell(check.origin())));
    }

    private static void values(Result result, StringBuilder text) {
        text.append("\n| metric | value |\n|---|---:|\n");
        result.metrics().forEach((name, metric) -> {
            if (metric instanceof Value value) {
                row(text, name, Figures.text(value.value(), value.unit()));
            }
        });
    }

    private static void distributions(Result result, StringBuilder text) {
        text.append("\n| metric | unit | count | p50 | p90 | p95 | p99 | p99.9 | max |\n");
        text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        result.metrics().forEach((name, metric) -> {
            if (metric instanceof Distributed samples) {
                row(
                        text,
                        name,
                        samples.unit(),
                        samples.count() == 0 ? "no samples" : Figures.text((double) samples.count()),
                        Figures.text(samples.p50()),
                        Figures.text(samples.p90()),
                        Figures.text(samples.p95()),
                        Figures.text(samples.p99()),
                        Figures.text(samples.p999()),
                        Figures.text(samples.max()));
            }
        });
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Text that breaks no table and makes no markup of its own. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
    }
}
