package dev.muster.launcher.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page's script draws, as the page carries it: arrays of one length, null where nothing was measured. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Chart.Time.class, name = "time"),
    @JsonSubTypes.Type(value = Chart.Percentiles.class, name = "percentiles"),
    @JsonSubTypes.Type(value = Chart.Dots.class, name = "dots"),
    @JsonSubTypes.Type(value = Chart.Load.class, name = "load")
})
sealed interface Chart {
    /** The element that it is drawn into. */
    String id();

    /**
     * A distribution over time.
     *
     * @param unit of the percentiles
     * @param seconds since the recording began
     * @param rate samples per second
     * @param topRate the scale's end, common to all repetitions
     * @param lowest the scale's begin for the percentiles, likewise
     * @param highest its end
     * @param marks begins of faults
     */
    record Time(
            String id,
            String unit,
            List<Double> seconds,
            List<@Nullable Double> rate,
            List<@Nullable Double> p50,
            List<@Nullable Double> p99,
            List<@Nullable Double> max,
            double topRate,
            double lowest,
            double highest,
            List<Mark> marks)
            implements Chart {}

    /**
     * An instant that stands out.
     *
     * @param seconds since the recording began
     */
    record Mark(double seconds, String label) {}

    /** Values over 1 / (1 - p), a line for each of the curves. */
    record Percentiles(String id, String unit, List<String> labels, List<Curve> curves) implements Chart {}

    /**
     * Milliseconds over seconds.
     *
     * @param lowest the scale's begin, common to all repetitions
     * @param highest its end
     */
    record Dots(String id, List<Double> seconds, List<Double> millis, double lowest, double highest) implements Chart {}

    /**
     * Cores over seconds, and counts of pods.
     *
     * @param asked cores that were asked for
     * @param delivered cores
     * @param labels of the counts
     * @param counts a list for each label
     */
    record Load(
            String id,
            List<@Nullable Double> seconds,
            List<@Nullable Double> asked,
            List<@Nullable Double> delivered,
            List<String> labels,
            List<List<@Nullable Double>> counts)
            implements Chart {}
}
