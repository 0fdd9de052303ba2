package dev.muster.measure;

import com.google.errorprone.annotations.Immutable;

/**
 * The one definition of a measured thing. A role's enum implements this, so that the enum is the list of all that the
 * role counts. The Prometheus name follows from it: {@code muster_<id with underscores>_<base unit>}, and
 * {@code _total} behind a counter's.
 */
public interface Metric {
    /** All that is told of it. */
    Definition definition();

    /** Role and thing, in dots: {@code master.registered}. */
    default String id() {
        return definition().id();
    }

    /** One sentence for a user, without the full stop. */
    default String help() {
        return definition().help();
    }

    /** The unit of the recorded values. */
    default Unit unit() {
        return definition().unit();
    }

    /** The buckets of its histogram in Prometheus, where it has one. */
    default Buckets buckets() {
        return Buckets.of(unit());
    }

    /**
     * What is told of a metric.
     *
     * @param id role and thing, in dots
     * @param help one sentence for a user, without the full stop
     * @param unit the unit of the recorded values
     */
    @Immutable
    record Definition(String id, String help, Unit unit) {}
}
