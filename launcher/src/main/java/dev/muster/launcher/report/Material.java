package dev.muster.launcher.report;

import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.record.RecordedSeries;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.result.RunningMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that a folder of results holds.
 *
 * @param result its summary
 * @param underWay whether a process works on it now
 * @param parts what each repetition recorded
 */
record Material(Result result, boolean underWay, List<Part> parts) {
    private static final String MINIONS = "minions.csv";

    /** What one repetition recorded. */
    record Part(
            int number,
            List<RecordedSeries> series,
            Optional<Minions> minions,
            Optional<LoadSeries> load,
            List<LoadSection.PodTable> pods) {
        static Part read(int number, Path folder) throws IOException {
            var minions = folder.resolve(MINIONS);
            var load = folder.resolve(LoadSeries.FILE);
            return new Part(
                    number,
                    RecordedSeries.in(folder),
                    Files.isRegularFile(minions) ? Optional.of(Minions.read(minions)) : Optional.empty(),
                    Files.isRegularFile(load) ? Optional.of(LoadSeries.read(load)) : Optional.empty(),
                    LoadSection.PodTable.in(folder));
        }

        Optional<RecordedSeries> series(String metric) {
            return series.stream()
                    .filter(each ->
                            each.metric().equals(metric) && !each.slices().isEmpty())
                    .findFirst();
        }
    }

    static Material read(ResultFolder folder) throws IOException {
        return new Material(folder.read(), RunningMark.isOn(folder), parts(folder.path()));
    }

    /** The folders 1, 2, ...; of a single repetition all is in the folder itself. */
    private static List<Part> parts(Path folder) throws IOException {
        var parts = new ArrayList<Part>();
        for (int number = 1; Files.isDirectory(folder.resolve(String.valueOf(number))); number++) {
            parts.add(Part.read(number, folder.resolve(String.valueOf(number))));
        }
        return parts.isEmpty() ? List.of(Part.read(1, folder)) : parts;
    }

    /** What a metric is, in a sentence; empty for one that no catalogue lists. */
    String help(String metric) {
        return metric(metric).map(ResultMetric::help).orElse("");
    }

    /** The faults of a repetition. */
    List<Result.Fault> faults(int repetition) {
        return result.repetitions().stream()
                .filter(each -> each.number() == repetition)
                .findFirst()
                .map(Result.Repetition::faults)
                .orElse(List.of());
    }

    private Optional<ResultMetric> metric(String id) {
        return Catalogue.of(result.experiment()).flatMap(catalogue -> catalogue.metric(id));
    }

    /** The experiment's own distributions, the one that it is about first. */
    List<String> own() {
        return result.metrics().keySet().stream()
                .filter(name -> isRecorded(name) || isOfMinions(name))
                .filter(name -> !isHealth(name))
                .toList();
    }

    /** Distributions of the run's own health, and whatever else was recorded. */
    List<String> others() {
        var own = own();
        return parts.stream()
                .flatMap(part -> part.series().stream())
                .map(RecordedSeries::metric)
                .distinct()
                .filter(name -> !own.contains(name))
                .filter(this::isRecorded)
                .sorted((a, b) -> Boolean.compare(isHealth(b), isHealth(a)))
                .toList();
    }

    private boolean isRecorded(String metric) {
        return parts.stream()
                .anyMatch(
                        part -> part.series(metric).filter(Material::hasSamples).isPresent());
    }

    private static boolean hasSamples(RecordedSeries series) {
        return series.slices().stream().anyMatch(slice -> slice.samples().count() > 0);
    }

    /** It is in the table of minions and in no log. */
    boolean isOfMinions(String metric) {
        return metric.equals(BootMetric.LATENCY.id())
                && parts.stream().flatMap(part -> part.minions().stream()).anyMatch(minions -> minions.count() > 0);
    }

    /** Whether it is of the run itself, and not what the experiment is about. */
    static boolean isHealth(String metric) {
        return Arrays.stream(HealthResult.values()).map(ResultMetric::id).anyMatch(metric::equals);
    }
}
