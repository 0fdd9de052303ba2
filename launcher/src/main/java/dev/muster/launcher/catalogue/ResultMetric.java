package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;
import java.util.Optional;

/** One metric of an experiment's result. An experiment's enum implements this, so that the enum is the list of all. */
public interface ResultMetric {
    /** As it stands in a result: {@code boot.register.latency}. */
    String id();

    /** Whether it is one number or many samples. */
    Kind kind();

    /** The unit in which a result shows it. */
    Unit unit();

    /** Which way it is better. */
    Better better();

    /** One sentence for a user, without the full stop. */
    String help();

    /** The objective that it is held against, where it measures exactly what the objective speaks of. */
    default Optional<Objective> objective() {
        return Optional.empty();
    }

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
