package dev.muster.launcher.catalogue;

import com.google.errorprone.annotations.Immutable;
import dev.muster.measure.Unit;
import java.util.Optional;

/** One metric of an experiment's result. An experiment's enum implements this, so that the enum is the list of all. */
public interface ResultMetric {
    /** All that is told of it. */
    Definition definition();

    /** As it stands in a result: {@code boot.register.latency}. */
    default String id() {
        return definition().id();
    }

    /** Whether it is one number or many samples. */
    default Kind kind() {
        return definition().kind();
    }

    /** The unit in which a result shows it. */
    default Unit unit() {
        return definition().unit();
    }

    /** Which way it is better. */
    default Better better() {
        return definition().better();
    }

    /** One sentence for a user, without the full stop. */
    default String help() {
        return definition().help();
    }

    /** Whether people are told that it was not measured: not where only some runs of an experiment can measure it. */
    default boolean isShownWithout() {
        return true;
    }

    /** The objective that it is held against, where it measures exactly what the objective speaks of. */
    default Optional<Objective> objective() {
        return Optional.empty();
    }

    /**
     * What is told of a metric.
     *
     * @param id as it stands in a result
     * @param kind whether it is one number or many samples
     * @param unit in which a result shows it
     * @param better which way it is better
     * @param help one sentence for a user, without the full stop
     */
    @Immutable
    record Definition(String id, Kind kind, Unit unit, Better better, String help) {}

    /** What a metric is made of. */
    enum Kind {
        /** One number; over repetitions it is the median. */
        VALUE,
        /** Samples; over repetitions their histograms are merged. */
        DISTRIBUTION
    }

    /** Which way a metric is better. */
    enum Better {
        LOWER,
        HIGHER,
        /** It says what was done or what there was, and no value of it is good or bad. */
        NEITHER
    }
}
