package dev.muster.launcher.result;

import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result for people: the verdict before any number. */
public final class ResultText {
    private static final String ROW = "%-24s %10s %10s %10s %10s %10s %10s %10s%n";

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
        text.append('\n');
        result.metrics().forEach((name, metric) -> {
            if (metric instanceof Value value) {
                text.append(String.format("%-24s %s%n", name, plain(value)));
            }
        });
        text.append('\n');
        text.append(String.format(ROW, "", "count", "p50", "p90", "p95", "p99", "p99.9", "max"));
        result.metrics().forEach((name, metric) -> {
            if (metric instanceof Distributed distributed) {
                text.append(row(name, distributed));
            }
        });
        return text.append("\nresult: ").append(folder).append('\n').toString();
    }

    private static String parameters(Map<String, String> parameters) {
        var text = new StringBuilder();
        new java.util.TreeMap<>(parameters)
                .forEach((name, value) ->
                        text.append(", ").append(name).append(' ').append(value));
        return text.toString();
    }

    private static String plain(Value value) {
        return value.value() == null
                ? "-"
                : number(value.value()) + (value.unit().isEmpty() ? "" : " " + value.unit());
    }

    private static String row(String name, Distributed samples) {
        var label = samples.unit().isEmpty() ? name : name + " " + samples.unit();
        if (samples.count() == 0) {
            return String.format("%-24s %10s%n", label, "no samples");
        }
        return String.format(
                ROW,
                label,
                String.format(Locale.ROOT, "%,d", samples.count()),
                cell(samples.p50()),
                cell(samples.p90()),
                cell(samples.p95()),
                cell(samples.p99()),
                cell(samples.p999()),
                cell(samples.max()));
    }

    private static String cell(@Nullable Double value) {
        return value == null ? "-" : number(value);
    }

    /** Whole numbers as they are, others with three digits that matter. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double magnitude = Math.abs(value);
        int decimals = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
