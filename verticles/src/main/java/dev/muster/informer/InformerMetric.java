package dev.muster.informer;

import dev.muster.measure.Buckets;
import dev.muster.measure.Metric;
import dev.muster.measure.Unit;
import java.util.EnumSet;
import java.util.Set;

/** All that an informer measures; what it counts is in {@link InformerCounter}. */
enum InformerMetric implements Metric {
    /** Between the clock that wrote the annotation and this one, as are the other lags. */
    CREATE_LAG("create.lag", "From the timestamp in a new object until its notification came", Unit.NANOSECONDS),
    UPDATE_LAG("update.lag", "From the timestamp in a changed object until its notification came", Unit.NANOSECONDS),
    CREATE_DEQUEUE_LAG(
            "create.dequeue_lag",
            "From the timestamp in a new object until a worker took it off the queue",
            Unit.NANOSECONDS),
    UPDATE_DEQUEUE_LAG(
            "update.dequeue_lag",
            "From the timestamp in a changed object until a worker took it off the queue",
            Unit.NANOSECONDS),
    QUEUE_TIME(
            "queue.time",
            "From the first notification of a change until a worker took the object off the queue",
            Unit.NANOSECONDS),
    LIST_SERVICE("list.service", "How long a list of all objects took", Unit.NANOSECONDS),
    RECONNECT(
            "reconnect",
            "From the end of a watch that was lost, refused or gone until the next was open, a new list included",
            Unit.NANOSECONDS),
    OBJECTS("objects", "Objects that exist, as far as the informer knows", Unit.COUNT),
    QUEUED("queued", "Objects on the queue", Unit.COUNT),
    RESOURCE_VERSION("resource_version", "The latest resource version of which a notification came", Unit.COUNT),
    CLOCK_OFFSET(
            "clock.offset", "How far the API server's clock is ahead of this process's, by its Date", Unit.NANOSECONDS),
    CLOCK_ERROR("clock.error", "How wrong that may be", Unit.NANOSECONDS);

    private static final Set<InformerMetric> LAGS =
            EnumSet.of(CREATE_LAG, UPDATE_LAG, CREATE_DEQUEUE_LAG, UPDATE_DEQUEUE_LAG);

    private final Definition definition;

    InformerMetric(String thing, String help, Unit unit) {
        definition = new Definition("informer." + thing, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public Buckets buckets() {
        return LAGS.contains(this) ? Buckets.ONE_WAY : Metric.super.buckets();
    }
}
