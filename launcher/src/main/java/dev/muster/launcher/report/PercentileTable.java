package dev.muster.launcher.report;

import dev.muster.launcher.result.Figures;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.List;

/** A distribution as a table of its percentiles. */
final class PercentileTable {
    private static final List<Double> PERCENTILES = List.of(25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.99);

    private PercentileTable() {}

    /** One repetition's samples, of this unit. */
    record Column(Unit unit, Distribution samples) {
        String at(double percentile) {
            // As many as it takes for one of them to lie above: fewer would make a p99 of the largest sample.
            double needed = 100 / (100 - percentile);
            return samples.count() < needed * (1 - 1e-9)
                    ? "-"
                    : Figures.text(Track.shown(unit, (double) samples.percentile(percentile)));
        }

        String max() {
            return samples.count() == 0 ? "-" : Figures.text(Track.shown(unit, (double) samples.max()));
        }
    }

    static void write(Html body, String unit, List<String> labels, List<Column> columns) {
        body.open("details", "class", "data", "open", "").element("summary", "By percentile, as a table");
        var heads = new ArrayList<>(List.of("Percentile"));
        heads.addAll(labels.size() == 1 ? List.of(unit.isEmpty() ? "Value" : unit) : labels);
        var table = Table.of(body, "Percentiles" + (unit.isEmpty() ? "" : ", in " + unit), heads);
        for (var percentile : PERCENTILES) {
            table.row(
                    "p" + (percentile == Math.rint(percentile) ? String.valueOf(Math.round(percentile)) : percentile),
                    columns.stream().map(column -> column.at(percentile)).toList());
        }
        table.row("largest", columns.stream().map(Column::max).toList());
        table.row(
                "samples",
                columns.stream()
                        .map(column -> Figures.text((double) column.samples().count()))
                        .toList());
        table.end();
        body.close();
    }
}
