package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import dev.muster.launcher.catalogue.Picture;
import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Result;
import dev.muster.node.RunHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal what the console's page shows in charts: each line's last value and its way there. */
final class LiveTable implements Spectator {
    private final Progress progress;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String label, String unit, Picture.Line line, Sparkline spark) {}

    LiveTable(Picture picture, Progress progress) {
        this.progress = progress;
        boolean blocks = speaksUnicode(System.getenv());
        for (var panel : picture.panels()) {
            for (var line : panel.lines()) {
                rows.add(new Row(panel.title() + ", " + line.label(), panel.unit(), line, new Sparkline(blocks)));
            }
        }
    }

    /** The locale decides how this process' output is encoded. */
    static boolean speaksUnicode(Map<String, String> environment) {
        for (var name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    @Override
    public void second(Result result, RunHealth observed, Stats.Point news) {
        progress.below(lines(result, observed.stats(List.of(news))));
    }

    /** The table after one more second. */
    List<String> lines(Result result, Stats stats) {
        var lines = new ArrayList<String>();
        int width = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        for (var row : rows) {
            var value = row.line().read(stats);
            row.spark().add(value);
            var way = row.spark().isBlank() ? row.line().absent() : row.spark().toString();
            lines.add(String.format("  %-" + width + "s  %14s  %s", row.label(), text(value, row.unit()), way)
                    .stripTrailing());
        }
        lines.add("  " + verdict(result));
        result.thresholds()
                .forEach(check -> lines.add("  " + check.word() + " so far: " + check.threshold() + " "
                        + String.join(", ", check.observed())));
        long silent = stats.instances().stream().filter(Stats.Instance::silent).count();
        if (silent > 0) {
            lines.add(
                    "  silent: " + silent + " of " + stats.instances().size() + " processes; their last numbers stay");
        }
        return lines;
    }

    private static String text(@Nullable Double value, String unit) {
        return value == null ? "-" : (Figures.text(value) + " " + unit).strip();
    }

    private static String verdict(Result result) {
        var reasons = result.verdict().reasons();
        return reasons.isEmpty()
                ? result.verdict().word() + " so far"
                : result.verdict().word() + " so far: " + reasons.get(0).observed();
    }
}
