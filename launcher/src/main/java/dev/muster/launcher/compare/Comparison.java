package dev.muster.launcher.compare;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.ResultMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One side against the baseline.
 *
 * @param warnings what to know before reading the rows, one line each
 * @param rows metric by metric, in the order of the experiment's catalogue
 */
record Comparison(Side baseline, Side other, List<String> warnings, List<Row> rows) {
    Comparison {
        warnings = List.copyOf(warnings);
        rows = List.copyOf(rows);
    }

    /**
     * Compares two sides.
     *
     * @param metrics these alone; all when empty
     */
    static Comparison of(Side baseline, Side other, Collection<String> metrics) {
        var rows = new ArrayList<Row>();
        for (var metric : names(baseline, other)) {
            if (metrics.isEmpty() || metrics.contains(metric)) {
                rows.addAll(rows(baseline, other, metric));
            }
        }
        return new Comparison(baseline, other, Caution.of(baseline, other), rows);
    }

    /** All that both sides have, as the catalogues order it, and then what they do not know. */
    private static Set<String> names(Side baseline, Side other) {
        var names = new LinkedHashSet<String>();
        baseline.runs().stream()
                .flatMap(run -> Catalogue.of(run.experiment()).stream())
                .flatMap(catalogue -> catalogue.ids().stream())
                .forEach(names::add);
        names.addAll(baseline.metrics().keySet());
        names.retainAll(baseline.metrics().keySet());
        names.retainAll(other.metrics().keySet());
        return names;
    }

    private static List<Row> rows(Side baseline, Side other, String metric) {
        var rows = new ArrayList<Row>();
        var measured = baseline.metrics().get(metric);
        if (measured != null) {
            for (var statistic : Statistic.of(measured)) {
                var before = baseline.values(metric, statistic, measured.unit());
                var after = other.values(metric, statistic, measured.unit());
                if (before.length > 0 && after.length > 0) {
                    rows.add(new Row(
                            metric,
                            statistic,
                            measured.unit(),
                            definition(baseline, metric),
                            before.length,
                            after.length,
                            Contrast.of(before, after)));
                }
            }
        }
        return rows;
    }

    private static Optional<ResultMetric> definition(Side side, String metric) {
        return side.runs().stream()
                .flatMap(run -> Catalogue.of(run.experiment()).stream())
                .flatMap(catalogue -> catalogue.metric(metric).stream())
                .findFirst();
    }

    /** The rows that are shown to be worse than the baseline by more than so much. */
    List<Row> worseThan(Percent margin) {
        return rows.stream().filter(row -> row.worseThan(margin)).toList();
    }
}
