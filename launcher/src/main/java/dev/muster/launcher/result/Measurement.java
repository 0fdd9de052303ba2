package dev.muster.launcher.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.bus.Percentiles;
import dev.muster.measure.Summary;
import dev.muster.node.Summaries;
import org.jspecify.annotations.Nullable;

/** One measured thing of a run's result, as {@code summary.json} holds it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Measurement.Value.class), @JsonSubTypes.Type(Measurement.Distributed.class)})
public sealed interface Measurement {
    /** As people write it behind a number: {@code ms}; empty for a plain number. */
    String unit();

    /** One number. A value that could not be measured is null, never 0. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Value(String unit, @Nullable Double value) implements Measurement {}

    /** A distribution. A percentile with too few samples is null, and so is all but the count without samples. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Distributed(
            String unit,
            long count,
            @Nullable Double min,
            @Nullable Double mean,
            @Nullable Double p50,
            @Nullable Double p90,
            @Nullable Double p95,
            @Nullable Double p99,
            @Nullable Double p999,
            @Nullable Double max)
            implements Measurement {}

    /** How many. */
    static Measurement count(long count) {
        return new Value("", (double) count);
    }

    /** A number with its unit. */
    static Measurement value(double value, String unit) {
        return new Value(unit, value);
    }

    /** A number that could not be measured. */
    static Measurement none(String unit) {
        return new Value(unit, null);
    }

    /** A distribution; one of times is shown in milliseconds. */
    static Measurement of(Summary summary) {
        return of(Summaries.percentiles(summary.shown()));
    }

    /** A distribution in its own unit. */
    static Measurement of(Percentiles samples) {
        return new Distributed(
                samples.unit(),
                samples.count(),
                samples.min(),
                samples.mean(),
                samples.p50(),
                samples.p90(),
                samples.p95(),
                samples.p99(),
                samples.p999(),
                samples.max());
    }
}
