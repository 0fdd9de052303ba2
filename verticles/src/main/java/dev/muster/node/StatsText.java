package dev.muster.node;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The collector's answer as tables for people. What was not measured is a dash, never zero. */
final class StatsText {
    private final List<String> lines = new ArrayList<>();

    private StatsText() {}

    /** Without a line end behind the last line. */
    static String of(Stats stats) {
        var text = new StatsText();
        text.lines.add("at " + Instant.ofEpochMilli(stats.epochMillis()));
        text.processes(stats.instances());
        text.distributions(stats.distributions());
        text.numbers("counter", stats.counters());
        text.numbers("gauge", summable(stats.gauges()));
        stats.gaps().forEach(gap -> text.lines.add("missed: " + gap));
        return String.join("\n", text.lines);
    }

    private void processes(List<Stats.Instance> instances) {
        var table = new ArrayList<List<String>>();
        table.add(List.of("process", "roles", "build", "cpu", "heard", "restarts", "missed"));
        for (var instance : instances) {
            table.add(List.of(
                    instance.name(),
                    instance.roles(),
                    instance.build(),
                    cpu(instance),
                    (instance.silent() ? "silent for " : "") + seconds(instance.silentMillis()),
                    Long.toString(instance.restarts()),
                    Long.toString(instance.missed())));
        }
        add(table);
    }

    private static String cpu(Stats.Instance instance) {
        var share = instance.gauges().get(HealthMetric.CPU_SHARE.id());
        return share == null || instance.silent() ? "-" : Unit.RATIO.text(share);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private void distributions(Map<String, Percentiles> distributions) {
        var table = new ArrayList<List<String>>();
        table.add(List.of("distribution", "count", "min", "p50", "p90", "p95", "p99", "p99.9", "max"));
        distributions.forEach((name, percentiles) -> table.add(row(name, percentiles)));
        add(table);
    }

    private static List<String> row(String name, Percentiles percentiles) {
        var summary = Summaries.summary(percentiles);
        if (summary.count() == 0) {
            return List.of(name, "no samples");
        }
        return List.of(
                name,
                Long.toString(summary.count()),
                summary.text(summary.min()),
                summary.text(summary.p50()),
                summary.text(summary.p90()),
                summary.text(summary.p95()),
                summary.text(summary.p99()),
                summary.text(summary.p999()),
                summary.text(summary.max()));
    }

    /** Without those that a process has of its own health: added up they mean nothing. */
    private static Map<String, Double> summable(Map<String, Double> gauges) {
        var all = new TreeMap<>(gauges);
        all.keySet().removeIf(name -> name.startsWith("process."));
        return all;
    }

    private void numbers(String heading, Map<String, ? extends Number> values) {
        var table = new ArrayList<List<String>>();
        table.add(List.of(heading, "value"));
        values.forEach((name, value) -> table.add(List.of(name, number(value))));
        add(table);
    }

    private static String number(Number value) {
        return value instanceof Double decimal ? String.format(Locale.ROOT, "%.3f", decimal) : value.toString();
    }

    /** The first row is the heading; the first column is left-aligned, the others are as wide as they need. */
    private void add(List<List<String>> table) {
        if (table.size() == 1) {
            return;
        }
        var widths = new int[table.get(0).size()];
        for (var row : table) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        lines.add("");
        for (var row : table) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(String.format(Locale.ROOT, "%-" + (widths[i] + 2) + "s", row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
    }
}
