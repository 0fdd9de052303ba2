package dev.muster.node;

import dev.muster.bus.Addresses;
import dev.muster.bus.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what this process measured, once a second and once more when it stops. One instance for each process, to be
 * deployed before the roles and after a collector of this process, so that the last snapshot holds all and is heard.
 *
 * <p>The snapshots of a process come at the same point of each second of the wall clock, and each process has another
 * point: so each second of a timeline holds one snapshot of each, and the collector does not hear all at once.
 */
public final class TelemetryVerticle extends VerticleBase {
    /** How often the delay of each event loop is measured unless somebody wants it otherwise. */
    public static final Duration PROBE_PERIOD = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(TelemetryVerticle.class);
    private static final int PERIOD_MILLIS = 1_000;
    /** Away from the turn of the second, which a late timer would cross. */
    private static final int MARGIN_MILLIS = 100;

    private final Telemetry telemetry;
    private final Snapshots snapshots;
    private final Rates rates = new Rates();
    private final boolean logsRates;
    private final int phaseMillis;
    private final Duration probePeriod;
    private @Nullable ProcessHealth health;
    private boolean stopped;

    public TelemetryVerticle(Node node) {
        this(node, PROBE_PERIOD);
    }

    /** @param probePeriod how often the delay of each event loop is measured */
    public TelemetryVerticle(Node node, Duration probePeriod) {
        this.probePeriod = probePeriod;
        logsRates = node.verbosity() >= 2;
        telemetry = node.telemetry();
        snapshots = new Snapshots(node.identity(), telemetry);
        phaseMillis = MARGIN_MILLIS
                + Math.floorMod(node.identity().incarnation().hashCode(), PERIOD_MILLIS - 2 * MARGIN_MILLIS);
    }

    @Override
    public Future<?> start() {
        health = new ProcessHealth(vertx, telemetry, probePeriod);
        return publish().onSuccess(published -> schedule());
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        if (health == null) {
            return Future.succeededFuture();
        }
        health.close();
        return publish();
    }

    private void schedule() {
        if (!stopped) {
            vertx.setTimer(untilNext(phaseMillis, System.currentTimeMillis()), timer -> tick());
        }
    }

    private void tick() {
        if (!stopped) {
            publish()
                    .onFailure(cause -> LOG.error("event=snapshot_failed", cause))
                    .onComplete(done -> schedule());
        }
    }

    /** To the same point of a second again: a period, and half of one more or less when this one was late. */
    static long untilNext(int phaseMillis, long now) {
        long next = Math.floorMod(phaseMillis - now, PERIOD_MILLIS);
        return next < PERIOD_MILLIS / 2 ? next + PERIOD_MILLIS : next;
    }

    private Future<?> publish() {
        var sampled = health;
        return vertx.executeBlocking(() -> {
                    if (sampled != null) {
                        sampled.sampleCpu();
                    }
                    return snapshots.take();
                })
                .onSuccess(snapshot -> {
                    vertx.eventBus().publish(Addresses.SNAPSHOT, snapshot);
                    logRates(snapshot);
                });
    }

    private void logRates(Snapshot snapshot) {
        var words = logsRates ? rates.since(snapshot) : "";
        if (!words.isEmpty()) {
            LOG.info("event=rates {}", words);
        }
    }
}
