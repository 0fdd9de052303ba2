package dev.muster.launcher.compare;

import java.util.List;

/** A comparison for the summary of a pipeline's job. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String of(Report report) {
        var text = new StringBuilder();
        report.comparisons().forEach(comparison -> {
            text.append(text.isEmpty() ? "" : "\n");
            comparison(text, report, comparison);
        });
        return text.toString();
    }

    private static void comparison(StringBuilder text, Report report, Comparison comparison) {
        var before = comparison.baseline();
        var after = comparison.other();
        text.append("### ")
                .append(after.name())
                .append(" against ")
                .append(before.name())
                .append("\n\n");
        List.of(before, after).forEach(side -> side.runs().forEach(run -> text.append("- ")
                .append(side.name())
                .append(": **")
                .append(run.verdict().word())
                .append("** ")
                .append(cell(run.run()))
                .append(", repetitions ")
                .append(run.repetitions().size())
                .append('\n')));
        comparison.warnings().forEach(warning -> text.append("- warning: ")
                .append(cell(warning))
                .append('\n'));
        text.append('\n');
        if (comparison.rows().isEmpty()) {
            text.append("Nothing to compare: the two have no measured metric in common.\n");
            return;
        }
        text.append(String.format(
                "| | %s | %s | difference | ratio | %.0f %% interval | |%n",
                before.name(), after.name(), 100 * Contrast.CONFIDENCE));
        text.append("|---|--:|--:|--:|--:|--:|---|\n");
        comparison
                .rows()
                .forEach(row -> row(text, row, report.tooSlow(comparison).contains(row)));
        report.failIfSlower().ifPresent(margin -> text.append(
                        report.tooSlow(comparison).isEmpty()
                                ? "\nPassed: nothing is shown to be worse by more than "
                                : "\n**Failed**: in bold what is shown to be worse by more than ")
                .append(margin)
                .append(".\n"));
    }

    private static void row(StringBuilder text, Row row, boolean tooSlow) {
        var figures = new Figures(row);
        var word = row.finding().word();
        text.append("| ")
                .append(String.join(
                        " | ",
                        "`" + row.label() + "`",
                        figures.before(),
                        figures.after(),
                        figures.difference(),
                        figures.ratio(),
                        figures.interval(),
                        tooSlow ? "**" + word + "**" : word))
                .append(" |\n");
    }

    /** What a run's name, a parameter or a host is called must not become markup. */
    private static String cell(String text) {
        return text.replaceAll("([\\\\`*_<>|\\[\\]])", "\\\\$1").replace('\n', ' ');
    }
}
