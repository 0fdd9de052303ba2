package dev.muster.launcher.run.connections;

import dev.muster.launcher.catalogue.ConnectionsMetric;
import dev.muster.launcher.run.Observations;
import dev.muster.node.RunHealth;
import org.jspecify.annotations.Nullable;

/**
 * What became of every heartbeat that engines sent: sent = received + lost, and what is left over is unaccounted for.
 *
 * @param sent as the engines count them; null when they do not tell
 * @param received as the broker counts it; by their acknowledgements when the broker does not tell; null when neither is
 *     known
 * @param lost as engines tell the broker when they come back; else those whose connection ended unanswered
 * @param broker whether the broker's own counts are known
 */
record Heartbeats(
        RunHealth observed, @Nullable Long sent, @Nullable Long received, long lost, boolean broker) {
    /** The broker's own books, and those of the engines. */
    static Heartbeats ofBoth(RunHealth observed) {
        return new Heartbeats(
                observed,
                observed.count("engine.heartbeats.sent"),
                observed.count("broker.heartbeats"),
                observed.count("broker.heartbeats_lost"),
                true);
    }

    /** Those of the broker alone. */
    static Heartbeats ofBroker(RunHealth observed) {
        return new Heartbeats(
                observed, null, observed.count("broker.heartbeats"), observed.count("broker.heartbeats_lost"), true);
    }

    /**
     * Those of the engines alone.
     *
     * @param acknowledged whether their protocol has acknowledgements
     */
    static Heartbeats ofEngines(RunHealth observed, boolean acknowledged) {
        return new Heartbeats(
                observed,
                observed.count("engine.heartbeats.sent"),
                acknowledged ? (Long) observed.count("engine.heartbeats.acknowledged") : null,
                observed.count("engine.heartbeats.lost"),
                false);
    }

    /** Whether nothing that is known says that some are unaccounted for. */
    boolean balanced() {
        var left = unaccounted();
        return left == null || left == 0;
    }

    /** Takes all of it in. */
    void write(Observations metrics) {
        write(metrics, ConnectionsMetric.SENT, sent);
        write(metrics, ConnectionsMetric.RECEIVED, received);
        write(metrics, ConnectionsMetric.ON_TIME, onTime());
        write(metrics, ConnectionsMetric.LATE, "broker.heartbeats_late");
        write(metrics, ConnectionsMetric.MISSED, "broker.heartbeats_missed");
        write(metrics, ConnectionsMetric.HEARTBEATS_LOST, received == null ? null : (Long) lost);
        write(metrics, ConnectionsMetric.OUT_OF_SEQUENCE, "broker.heartbeats_out_of_sequence");
        write(metrics, ConnectionsMetric.DUPLICATED, "broker.heartbeats_duplicated");
        write(metrics, ConnectionsMetric.UNACCOUNTED, unaccounted());
    }

    private @Nullable Long unaccounted() {
        return sent == null || received == null ? null : (Long) (sent - received - lost);
    }

    /** Of those that were expected: nobody can say of the first one on a connection when it was to come. */
    private @Nullable Long onTime() {
        long expected =
                observed.samples("broker.heartbeat.lateness").distribution().count();
        return broker && expected > 0 ? (Long) (expected - observed.count("broker.heartbeats_late")) : null;
    }

    private void write(Observations metrics, ConnectionsMetric metric, String counter) {
        write(metrics, metric, broker ? (Long) observed.count(counter) : null);
    }

    private static void write(Observations metrics, ConnectionsMetric metric, @Nullable Long count) {
        if (count == null) {
            metrics.absent(metric);
        } else {
            metrics.count(metric, count);
        }
    }
}
