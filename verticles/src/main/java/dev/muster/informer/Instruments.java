package dev.muster.informer;

import dev.muster.kube.Reflector;
import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;

/** What one informer counts and measures. Only its event loop writes. */
final class Instruments {
    final Counters<InformerCounter> counters;
    final Recorder createLag;
    final Recorder updateLag;
    final Recorder createDequeueLag;
    final Recorder updateDequeueLag;
    final Recorder queueTime;
    final Recorder lists;
    final Recorder reconnects;

    Instruments(Telemetry telemetry) {
        counters = telemetry.counters(InformerCounter.class);
        createLag = telemetry.recorder(InformerMetric.CREATE_LAG);
        updateLag = telemetry.recorder(InformerMetric.UPDATE_LAG);
        createDequeueLag = telemetry.recorder(InformerMetric.CREATE_DEQUEUE_LAG);
        updateDequeueLag = telemetry.recorder(InformerMetric.UPDATE_DEQUEUE_LAG);
        queueTime = telemetry.recorder(InformerMetric.QUEUE_TIME);
        lists = telemetry.recorder(InformerMetric.LIST_SERVICE);
        reconnects = telemetry.recorder(InformerMetric.RECONNECT);
    }

    void listed(int objects, boolean again) {
        counters.increment(InformerCounter.LISTS);
        counters.add(InformerCounter.LISTED, objects);
        if (again) {
            counters.increment(InformerCounter.RELISTS);
            counters.add(InformerCounter.RELISTED, objects);
        }
    }

    void notified(Pending.Change change) {
        counters.increment(
                switch (change) {
                    case ADD -> InformerCounter.ADDED;
                    case UPDATE -> InformerCounter.UPDATED;
                    case DELETE -> InformerCounter.DELETED;
                });
    }

    /** Notifications so far. */
    long notified() {
        return counters.get(InformerCounter.ADDED)
                + counters.get(InformerCounter.UPDATED)
                + counters.get(InformerCounter.DELETED);
    }

    void missed(long changes) {
        counters.add(InformerCounter.MISSED, changes);
    }

    void unstamped() {
        counters.increment(InformerCounter.UNSTAMPED);
    }

    /** News that are none: the same once more, or older than what is known. */
    void stale(boolean same) {
        counters.increment(same ? InformerCounter.DUPLICATES : InformerCounter.REORDERED);
    }

    void ended(Reflector.End end) {
        switch (end) {
            case TIME -> {}
            case GONE -> counters.increment(InformerCounter.GONE);
            case CONNECTION -> counters.increment(InformerCounter.LOST);
            case ERROR -> counters.increment(InformerCounter.ERRORS);
        }
    }

    void reconnected(long nanos) {
        counters.increment(InformerCounter.RECONNECTED);
        reconnects.record(nanos);
    }
}
