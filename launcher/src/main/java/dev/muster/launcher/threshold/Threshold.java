package dev.muster.launcher.threshold;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.catalogue.ResultMetric.Kind;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import dev.muster.measure.Unit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one metric: {@code METRIC [STATISTIC] OPERATOR LIMIT}, such as {@code boot.lost == 0} or
 * {@code boot.register.latency p99 < 250ms}.
 *
 * @param text as it was written
 * @param metric which
 * @param statistic what of a distribution; empty for a value
 * @param operator how the measured value must stand to the limit
 * @param limit in the metric's unit, or a number when the count is judged
 */
public record Threshold(
        String text, ResultMetric metric, Optional<Statistic> statistic, Operator operator, double limit) {
    private static final Pattern FORM = Pattern.compile("([^<>=!]*)(<=|>=|==|!=|<|>|=)(.*)");

    /**
     * What became of it in one repetition.
     *
     * @param met whether the value was measured and stands to the limit as asked
     * @param text the measured value for people: {@code 62.1 ms}, {@code no samples}
     */
    public record Outcome(boolean met, String text) {}

    /**
     * Reads a threshold.
     *
     * @param catalogue the metrics that there are
     * @throws IllegalArgumentException when it can't be understood, or the experiment has no such metric; the message
     *     says what to write
     */
    public static Threshold parse(String text, Catalogue catalogue) {
        var form = FORM.matcher(text.strip());
        if (!form.matches() || form.group(1).isBlank()) {
            throw new IllegalArgumentException("is no threshold: write 'METRIC [STATISTIC] OPERATOR LIMIT', such as '"
                    + example(catalogue.metrics().get(0)) + "'; operators are "
                    + String.join(" ", Operator.symbols()));
        }
        if (form.group(2).equals("=")) {
            throw new IllegalArgumentException("no operator '='; did you mean ==?");
        }
        var words = form.group(1).strip().split("\\s+", -1);
        if (words.length > 2) {
            throw new IllegalArgumentException(
                    "has too many words before " + form.group(2) + ": a metric, and a statistic of it at most");
        }
        var metric = catalogue.metric(words[0]).orElseThrow(() -> unknown(words[0], catalogue));
        var statistic = statistic(metric, words.length == 2 ? words[1] : "");
        return new Threshold(
                text.strip(),
                metric,
                statistic,
                Operator.of(form.group(2)),
                Quantity.in(unit(metric, statistic), form.group(3)));
    }

    /**
     * The form of an experiment's thresholds as a regular expression, for schemas. It takes whatever {@link #parse}
     * takes, and refuses unknown metrics, statistics and units.
     */
    public static String pattern(Catalogue catalogue) {
        return catalogue.metrics().stream()
                .map(Threshold::pattern)
                .collect(Collectors.joining("|", "^\\s*(", ")\\s*$"));
    }

    private static String pattern(ResultMetric metric) {
        var id = metric.id().replace(".", "\\.");
        if (metric.kind() == Kind.VALUE) {
            return id + "\\s*" + limit(metric.unit());
        }
        var others = Arrays.stream(Statistic.values())
                .filter(each -> each != Statistic.COUNT)
                .map(Statistic::pattern)
                .collect(Collectors.joining("|", "(", ")"));
        return id + "\\s+(" + Statistic.COUNT.word() + "\\s*" + limit(Unit.COUNT) + "|" + others + "\\s*"
                + limit(metric.unit()) + ")";
    }

    private static String limit(Unit unit) {
        return Operator.symbols().stream().collect(Collectors.joining("|", "(", ")")) + "\\s*" + Quantity.pattern(unit);
    }

    private static IllegalArgumentException unknown(String id, Catalogue catalogue) {
        return new IllegalArgumentException(catalogue.experiment() + " has no metric '" + id + "'"
                + Nearest.to(id, catalogue.ids())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; run --list shows what it has"));
    }

    private static Optional<Statistic> statistic(ResultMetric metric, String word) {
        if (metric.kind() == Kind.VALUE) {
            if (!word.isEmpty()) {
                throw new IllegalArgumentException(metric.id() + " is one number: leave '" + word + "' out");
            }
            return Optional.empty();
        }
        if (word.isEmpty()) {
            throw new IllegalArgumentException(metric.id() + " is a distribution: say what of it, one of "
                    + String.join(", ", Statistic.words()) + ", such as '" + example(metric) + "'");
        }
        return Optional.of(Statistic.of(word)
                .orElseThrow(() -> new IllegalArgumentException("no statistic '" + word + "' among "
                        + String.join(", ", Statistic.words()) + Nearest.question(word, Statistic.words()))));
    }

    /** A threshold that this metric could have, for people. */
    private static String example(ResultMetric metric) {
        var units = Quantity.symbols(metric.unit());
        return metric.id() + (metric.kind() == Kind.VALUE ? "" : " p99") + " < 250"
                + (units.isEmpty() ? "" : units.get(0));
    }

    private static Unit unit(ResultMetric metric, Optional<Statistic> statistic) {
        return statistic.filter(Statistic.COUNT::equals).isPresent() ? Unit.COUNT : metric.unit();
    }

    /** Judges one repetition by its metrics. What was not measured, or has too few samples, does not meet anything. */
    public Outcome judge(Map<String, Measurement> measured) {
        var measurement = measured.get(metric.id());
        if (measurement instanceof Value value) {
            return judge(value.value(), "not measured");
        }
        if (measurement instanceof Distributed samples && statistic.isPresent()) {
            var absent = samples.count() == 0
                    ? "no samples"
                    : "too few samples for a " + statistic.get().word() + ": " + samples.count();
            return judge(statistic.get().of(samples), absent);
        }
        return new Outcome(false, "not measured");
    }

    private Outcome judge(@Nullable Double value, String absent) {
        return value == null ? new Outcome(false, absent) : new Outcome(operator.holds(value, limit), text(value));
    }

    /** With as many digits as it takes to tell it from the limit. */
    private String text(double value) {
        var unit = unit(metric, statistic);
        var rounded = unit.text(value);
        boolean misleading = value != limit && rounded.equals(unit.text(limit));
        return misleading ? (value + " " + unit.symbol()).strip() : rounded;
    }
}
