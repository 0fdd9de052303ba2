package dev.muster.collector;

import dev.muster.bus.Addresses;
import dev.muster.bus.Snapshot;
import dev.muster.bus.StatsQuery;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears every process' snapshots and answers what they come to. One instance for each collector. */
final class CollectorVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorVerticle.class);
    private static final int MESSAGES = 5;

    private final Ledger ledger;
    private final boolean logMessages;
    /** From the JVM's steady clock to epoch time, fixed once: a wall clock that is set must not silence anyone. */
    private final long epochAtZeroNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    CollectorVerticle(int timelinePoints, int verbosity) {
        this.ledger = new Ledger(timelinePoints);
        this.logMessages = verbosity >= MESSAGES;
    }

    @Override
    public Future<?> start() {
        var snapshots = vertx.eventBus().<Snapshot>consumer(Addresses.SNAPSHOT, this::receive);
        var queries = vertx.eventBus().<StatsQuery>consumer(Addresses.STATS, this::answer);
        return Future.all(snapshots.completion(), queries.completion());
    }

    private void receive(Message<Snapshot> message) {
        var snapshot = message.body();
        if (logMessages) {
            LOG.info("event=snapshot instance={} sequence={}", snapshot.instance(), snapshot.sequence());
        }
        ledger.receive(snapshot, nowMillis());
    }

    private void answer(Message<StatsQuery> message) {
        message.reply(ledger.stats(message.body(), nowMillis()));
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(epochAtZeroNanos + System.nanoTime());
    }
}
