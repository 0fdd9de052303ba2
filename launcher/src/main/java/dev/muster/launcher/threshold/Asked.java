package dev.muster.launcher.threshold;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.Objective;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result.Check;
import dev.muster.measure.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that is asked of a run.
 *
 * @param text as a user reads it
 * @param origin who asks
 * @param threshold what it comes to; empty when nothing that the run measures answers it
 */
public record Asked(String text, String origin, Optional<Threshold> threshold) {
    private static final String KUBERNETES = "slo kubernetes";

    /** A threshold that someone wrote. */
    public static Asked of(Threshold threshold, String origin) {
        return new Asked(threshold.text(), origin, Optional.of(threshold));
    }

    /**
     * The objectives of the Kubernetes project: a threshold for each metric that measures what one of them speaks of. An
     * objective that no metric of the experiment measures is asked all the same, so that nobody takes it for met.
     */
    public static List<Asked> kubernetes(Catalogue catalogue) {
        return Stream.of(Objective.values())
                .flatMap(objective -> of(objective, catalogue))
                .toList();
    }

    private static Stream<Asked> of(Objective objective, Catalogue catalogue) {
        var limit = "p99 <= " + objective.p99().toSeconds() + "s";
        var metrics = catalogue.metrics().stream()
                .filter(metric -> metric.objective().filter(objective::equals).isPresent())
                .map(metric -> of(objective(objective, metric, limit), KUBERNETES))
                .toList();
        return metrics.isEmpty()
                ? Stream.of(new Asked(objective.subject() + " " + limit, KUBERNETES, Optional.empty()))
                : metrics.stream();
    }

    private static Threshold objective(Objective objective, ResultMetric metric, String limit) {
        return new Threshold(
                metric.id() + " " + limit,
                metric,
                Optional.of(Statistic.P99),
                Operator.AT_MOST,
                Unit.MILLISECONDS.to(metric.unit(), (double) objective.p99().toMillis()));
    }

    /**
     * Judges a run.
     *
     * @param repetitions the metrics of each
     */
    public Check check(List<Map<String, Measurement>> repetitions) {
        if (threshold.isEmpty()) {
            return Check.notMeasured(text, origin);
        }
        var outcomes = repetitions.stream().map(threshold.get()::judge).toList();
        boolean met = !outcomes.isEmpty() && outcomes.stream().allMatch(Threshold.Outcome::met);
        return new Check(
                text,
                origin,
                met,
                outcomes.stream().map(Threshold.Outcome::text).toList());
    }
}
