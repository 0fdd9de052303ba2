package dev.muster.launcher.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.launcher.compare.Contrast.Scale;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison for programs, documented in docs/comparing.md. Its fields only ever grow within a version. */
final class JsonReport {
    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    private record Document(int version, double confidence, List<Pair> comparisons) {}

    private record Pair(
            JsonSide baseline, JsonSide other, List<String> warnings, List<JsonRow> metrics, List<String> tooSlow) {}

    private record JsonSide(String name, String verdict, List<String> runs, int repetitions) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record JsonRow(
            String metric,
            String statistic,
            String unit,
            double baseline,
            double other,
            double difference,
            @Nullable Double ratio,
            String interval,
            @Nullable Double low,
            @Nullable Double high,
            int baselineRepetitions,
            int otherRepetitions,
            String finding) {}

    static String of(Report report) {
        try {
            return JSON.writeValueAsString(new Document(
                            VERSION,
                            Contrast.CONFIDENCE,
                            report.comparisons().stream()
                                    .map(comparison -> pair(report, comparison))
                                    .toList()))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can't fail to be written", e);
        }
    }

    private static Pair pair(Report report, Comparison comparison) {
        return new Pair(
                side(comparison.baseline()),
                side(comparison.other()),
                comparison.warnings(),
                comparison.rows().stream().map(JsonReport::row).toList(),
                report.tooSlow(comparison).stream().map(Row::label).toList());
    }

    private static JsonSide side(Side side) {
        return new JsonSide(
                side.name(),
                side.verdict(),
                side.runs().stream().map(run -> run.run()).toList(),
                side.repetitions().size());
    }

    private static JsonRow row(Row row) {
        var contrast = row.contrast();
        return new JsonRow(
                row.metric(),
                row.statistic() == Statistic.VALUE ? "value" : row.statistic().word(),
                row.unit(),
                contrast.before(),
                contrast.after(),
                contrast.difference(),
                contrast.scale() == Scale.RATIO ? (Double) (contrast.after() / contrast.before()) : null,
                contrast.scale().name().toLowerCase(Locale.ROOT),
                contrast.interval().map(Interval::low).orElse(null),
                contrast.interval().map(Interval::high).orElse(null),
                row.baselineValues(),
                row.otherValues(),
                row.finding().word());
    }
}
