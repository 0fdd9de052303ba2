package dev.muster.measure;

/**
 * The one definition of a measured thing. A role's enum implements this, so that the enum is the list of all that the
 * role counts. The Prometheus name follows from it: {@code muster_<id with underscores>_<base unit>}, and
 * {@code _total} behind a counter's.
 */
public interface Metric {
    /** Role and thing, in dots: {@code master.registered}. */
    String id();

    /** One sentence for a user, without the full stop. */
    String help();

    /** The unit of the recorded values. */
    Unit unit();

    /** The buckets of its histogram in Prometheus, where it has one. */
    default Buckets buckets() {
        return Buckets.of(unit());
    }
}
