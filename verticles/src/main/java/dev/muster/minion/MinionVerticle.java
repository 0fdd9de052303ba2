package dev.muster.minion;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.Stored;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the minions of this process on one event loop, and hears commands: STOP lets no more of them begin, START lets
 * the rest begin.
 */
final class MinionVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(MinionVerticle.class);
    private static final String ROLE = "minion";

    private final MinionOptions options;
    private final Introduction who;
    private final Node node;
    private @Nullable Crew crew;

    MinionVerticle(MinionOptions options, Introduction who, Node node) {
        this.options = options;
        this.who = who;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        var schedule = Schedule.of(options);
        LOG.info(
                "event=minion.start minions={} ids={} run={} master={} ramp_ms={} arrival={} seed={}",
                options.count(),
                MinionId.of(who.idPrefix(), 0) + ".." + MinionId.of(who.idPrefix(), options.count() - 1),
                who.run(),
                options.masterUrl(),
                options.ramp().toMillis(),
                options.arrival(),
                schedule.seed());
        node.readiness().waiting(ROLE, options.masterUrl() + " has not acknowledged a registration yet");
        var instruments = new Instruments(node.telemetry(), options.count());
        var made = new Crew(vertx, options, who, schedule, instruments, node.verbosity() >= 3, this::progressed);
        crew = made;
        if (!options.hold()) {
            made.start();
        }
        return vertx.eventBus()
                .<Command>consumer(Addresses.command(ROLE))
                .handler(message -> obey(made, message))
                .completion();
    }

    @Override
    public Future<?> stop() {
        var held = crew;
        return held == null
                ? Future.succeededFuture()
                : held.close().recover(cause -> {
                    if (!(cause instanceof TimeoutException)) {
                        return Future.failedFuture(cause);
                    }
                    LOG.warn("event=minion.stop note=\"requests under way were cut off\"");
                    return Future.succeededFuture();
                });
    }

    private void progressed(long acknowledged) {
        if (acknowledged == 1) {
            node.readiness().ready(ROLE);
        }
        if (acknowledged == options.count()) {
            LOG.info("event=minion.all_acknowledged minions={}", acknowledged);
        }
    }

    private void obey(Crew minions, Message<Command> message) {
        var command = message.body();
        if (!node.credential().admits(command.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        switch (command.action()) {
            case START -> {
                minions.start();
                message.reply(Stored.INSTANCE);
            }
            case STOP -> minions.hold().onSuccess(held -> message.reply(Stored.INSTANCE));
            case DO_WORK, KILL -> message.fail(Failure.BAD_REQUEST.code(), "a minion knows START and STOP");
        }
    }
}
