package dev.muster.launcher.compare;

import java.util.Locale;

/** A comparison for people at a terminal: whether the runs can be believed, then the numbers. */
final class TextReport {
    private static final String ROW = "%-30s %12s %12s %12s %8s  %-24s %s%n";

    private TextReport() {}

    static String of(Report report) {
        var text = new StringBuilder();
        report.comparisons().forEach(comparison -> {
            text.append(text.isEmpty() ? "" : "\n");
            comparison(text, report, comparison);
        });
        return text.toString();
    }

    private static void comparison(StringBuilder text, Report report, Comparison comparison) {
        side(text, comparison.baseline());
        side(text, comparison.other());
        comparison
                .warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        text.append('\n');
        if (comparison.rows().isEmpty()) {
            text.append("nothing to compare: the two have no measured metric in common\n");
            return;
        }
        text.append(String.format(
                Locale.ROOT,
                ROW,
                "",
                comparison.baseline().name(),
                comparison.other().name(),
                "difference",
                "ratio",
                String.format(Locale.ROOT, "%.0f %% interval", 100 * Contrast.CONFIDENCE),
                ""));
        comparison.rows().forEach(row -> row(text, row));
        report.failIfSlower().ifPresent(margin -> conclusion(text, report, comparison, margin));
    }

    private static void side(StringBuilder text, Side side) {
        side.runs().forEach(run -> text.append(side.name())
                .append("  ")
                .append(run.verdict().word())
                .append("  ")
                .append(run.run())
                .append(", repetitions ")
                .append(run.repetitions().size())
                .append('\n'));
    }

    private static void row(StringBuilder text, Row row) {
        var figures = new Figures(row);
        text.append(String.format(
                Locale.ROOT,
                ROW,
                row.label(),
                figures.before(),
                figures.after(),
                figures.difference(),
                figures.ratio(),
                figures.interval(),
                row.finding().word()));
    }

    private static void conclusion(StringBuilder text, Report report, Comparison comparison, Percent margin) {
        var tooSlow = report.tooSlow(comparison);
        text.append('\n');
        if (tooSlow.isEmpty()) {
            text.append("passed: nothing is shown to be worse by more than ")
                    .append(margin)
                    .append('\n');
        }
        tooSlow.forEach(row -> text.append("failed: ")
                .append(row.label())
                .append(" is worse by more than ")
                .append(margin)
                .append('\n'));
    }
}
