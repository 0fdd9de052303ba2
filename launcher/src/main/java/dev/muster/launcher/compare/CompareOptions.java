package dev.muster.launcher.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code compare}. */
interface CompareOptions {
    String METRIC = "--metric";

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORM",
            description = "text, json or markdown (default: ${DEFAULT-VALUE}).")
    Output output();

    @Nullable @Option(
            names = "--fail-if-slower",
            paramLabel = "PERCENT",
            converter = Percent.Converter.class,
            description = "Exit 99 when a metric is shown to be worse than the baseline by more than this, such as 5%%:"
                    + " when all of its interval is. What a run measures of its own health (generator, process) does"
                    + " not count.")
    Percent failIfSlower();

    @Nullable @Option(
            names = METRIC,
            split = ",",
            paramLabel = "NAME",
            description = "Compares these metrics alone, such as boot.register.latency; may be given more than once"
                    + " (default: all).")
    List<String> metrics();

    /** How the comparison is printed. */
    enum Output {
        TEXT,
        JSON,
        MARKDOWN;

        /** The whole comparison in this form. */
        String print(Report report) {
            return switch (this) {
                case TEXT -> TextReport.of(report);
                case JSON -> JsonReport.of(report);
                case MARKDOWN -> MarkdownReport.of(report);
            };
        }
    }
}
