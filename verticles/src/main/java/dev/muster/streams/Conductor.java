package dev.muster.streams;

import dev.muster.bus.Failure;
import dev.muster.bus.FaultImpacts;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import dev.muster.node.Node;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the load of a process from its begin to its end: first it looks whether there is an event store, and at last it
 * has all read back that was acknowledged. Belongs to one event loop.
 */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    private static final String PART = "streams";

    /** What is under way when the time is over may take so long to end, as k6 lets it. */
    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private static final long TICK_MILLIS = 100;
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Setup setup;
    private final NetClient client;
    private final Load load;
    private final Node node;
    private final Counters<StreamsCounter> counters;
    private final Recorder lateness;
    private final Recorder outages;
    private final long graceMillis;
    private final Promise<Void> ended = Promise.promise();
    private boolean begun;
    private boolean ending;
    private long counted;
    private long ticking = -1;
    private final Promise<FaultImpacts> impacts = Promise.promise();

    Conductor(Vertx vertx, Setup setup, NetClient client, Load load, Node node) {
        this(vertx, setup, client, load, node, GRACE_MILLIS);
    }

    /**
     * The same.
     *
     * @param graceMillis for what is under way when the time is over
     */
    Conductor(Vertx vertx, Setup setup, NetClient client, Load load, Node node, long graceMillis) {
        this.vertx = vertx;
        this.setup = setup;
        this.client = client;
        this.load = load;
        this.node = node;
        this.graceMillis = graceMillis;
        this.counters = node.telemetry().counters(StreamsCounter.class);
        this.lateness = node.telemetry().recorder(HealthMetric.LATENESS);
        this.outages = node.telemetry().recorder(StreamsMetric.USER_OUTAGE);
    }

    /** Begins when there is a store; fails in one line when there is none. A second call begins nothing. */
    Future<Void> begin() {
        if (begun) {
            return Future.succeededFuture();
        }
        return probe().onSuccess(found -> start())
                .recover(cause ->
                        Future.failedFuture(Failure.BAD_REQUEST.exception(String.valueOf(cause.getMessage()))));
    }

    /** The same, and waits for a store that is not there yet; what is none ends the process. */
    void beginWhenThereIsAStore() {
        node.readiness().waiting(PART, "the event store at " + setup.url());
        probe().onSuccess(found -> {
                    node.readiness().ready(PART);
                    start();
                })
                .onFailure(cause -> {
                    if (cause instanceof Probe.NobodyException) {
                        LOG.warn("event=streams.wait cause=\"{}\"", cause.getMessage());
                        node.readiness().waiting(PART, String.valueOf(cause.getMessage()));
                        vertx.setTimer(RETRY_MILLIS, timer -> beginWhenThereIsAStore());
                    } else {
                        node.ending().ask(1, String.valueOf(cause.getMessage()));
                    }
                });
    }

    private Future<Void> probe() {
        var probe = new Probe(setup, client);
        long expiring = vertx.setPeriodic(TICK_MILLIS, timer -> probe.expire(System.nanoTime()));
        return probe.run().onComplete(done -> vertx.cancelTimer(expiring));
    }

    private void start() {
        if (begun) {
            return;
        }
        begun = true;
        LOG.info("event=streams.begin url={} users={} rate={}", setup.url(), setup.users(), setup.rate());
        load.begin(lateness);
        counted = System.nanoTime();
        ticking = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(setup.durationNanos())), timer -> end());
    }

    private void tick() {
        long micros = (System.nanoTime() - counted) / 1_000;
        counters.add(StreamsCounter.LOAD_TIME, micros);
        counted += 1_000 * micros;
    }

    /** No iteration begins any more; completes when all have ended. What was acknowledged is read back afterwards. */
    Future<Void> end() {
        if (!begun) {
            return Future.succeededFuture();
        }
        if (!ending) {
            ending = true;
            long patience = vertx.setTimer(graceMillis, timer -> load.giveUp());
            here(load.end())
                    .onComplete(done -> {
                        vertx.cancelTimer(patience);
                        vertx.cancelTimer(ticking);
                        tick();
                        counters.add(StreamsCounter.UNSENT, load.neverTaken());
                        ended.complete();
                    })
                    .compose(done -> here(load.readBack()))
                    .compose(read -> here(load.impacts()))
                    .onComplete(this::noticed)
                    .onComplete(read -> {
                        LOG.info("event=streams.end");
                        counters.increment(StreamsCounter.DONE);
                    });
        }
        return ended.future();
    }

    /** The same on this event loop: what the load promises completes on that of whoever is last, or on the pacer's thread. */
    private <T> Future<T> here(Future<T> elsewhere) {
        var context = vertx.getOrCreateContext();
        var here = Promise.<T>promise();
        elsewhere.onComplete(result -> context.runOnContext(turn -> here.handle(result)));
        return here.future();
    }

    private void noticed(AsyncResult<FaultImpacts> seen) {
        if (seen.succeeded()) {
            seen.result().faults().forEach(fault -> fault.userOutageNanos().forEach(outages::record));
        }
        impacts.handle(seen);
    }

    /** What the faults did to the users; completes after the end, when all has been read back. */
    Future<FaultImpacts> impacts() {
        return impacts.future();
    }

    /** As {@link #end}, without patience for what is under way. */
    Future<Void> endNow() {
        var over = end();
        load.giveUp();
        return over;
    }
}
