package dev.muster.launcher.run;

import dev.muster.launcher.result.Measurement;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Summaries;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One measured thing with all that it takes to merge it with that of another repetition. */
sealed interface Observation {
    /** As a result tells it. */
    Measurement measurement();

    /** One number; null when it could not be measured. */
    record Single(Unit unit, @Nullable Double value) implements Observation {
        @Override
        public Measurement measurement() {
            return value == null ? Measurement.none(unit.symbol()) : Measurement.value(value, unit.symbol());
        }
    }

    /**
     * Samples.
     *
     * @param shown the unit in which a result tells them
     * @param recorded the unit of the samples themselves
     * @param distribution not to be changed
     */
    record Samples(Unit shown, Unit recorded, Distribution distribution) implements Observation {
        @Override
        public Measurement measurement() {
            return Measurement.of(
                    Summaries.percentiles(Summary.of(recorded, distribution).in(shown)));
        }
    }

    /**
     * The same thing over some repetitions: distributions merged from their histograms, of numbers the median. What was
     * measured in none of them is not measured.
     *
     * @param all at least one, of the same kind and units
     */
    static Observation merged(List<Observation> all) {
        if (all.get(0) instanceof Samples first) {
            var merged = new Distribution();
            all.forEach(each -> merged.add(((Samples) each).distribution()));
            return new Samples(first.shown(), first.recorded(), merged);
        }
        var numbers = all.stream().map(Single.class::cast).toList();
        var values = numbers.stream()
                .map(Single::value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return new Single(numbers.get(0).unit(), values.length == 0 ? null : (Double) median(values));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
