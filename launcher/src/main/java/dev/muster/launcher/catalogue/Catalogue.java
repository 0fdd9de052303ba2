package dev.muster.launcher.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The metrics of one experiment's result: a run yields all of them, and no other. A new experiment is an enum like
 * {@link BootMetric} and a line here.
 *
 * @param experiment the word behind {@code run}
 * @param metrics in the order in which a result shows them
 */
public record Catalogue(String experiment, List<ResultMetric> metrics) {
    private static final List<Catalogue> ALL = List.of(
            of(
                    "boot",
                    Stream.of(BootMetric.values(), PodMetric.values())
                            .<ResultMetric>flatMap(Stream::of)
                            .toArray(ResultMetric[]::new)),
            of("connections", ConnectionsMetric.values()),
            of("api", ApiMetric.values()),
            of("stress", StressMetric.values()),
            of("streams", StreamsMetric.values()),
            of("blocks", BlocksMetric.values()));

    public Catalogue {
        metrics = List.copyOf(metrics);
    }

    private static Catalogue of(String experiment, ResultMetric... own) {
        return new Catalogue(
                experiment,
                Stream.of(own, HealthResult.values(), ClusterResult.values())
                        .<ResultMetric>flatMap(Stream::of)
                        .toList());
    }

    /** Of every experiment. */
    public static List<Catalogue> all() {
        return ALL;
    }

    /** Of the experiment of this name; empty when this Muster does not know it. */
    public static Optional<Catalogue> of(String experiment) {
        return ALL.stream().filter(each -> each.experiment().equals(experiment)).findFirst();
    }

    /** The metric of this name. */
    public Optional<ResultMetric> metric(String id) {
        return metrics.stream().filter(metric -> metric.id().equals(id)).findFirst();
    }

    /** The names of all metrics. */
    public List<String> ids() {
        return metrics.stream().map(ResultMetric::id).toList();
    }
}
