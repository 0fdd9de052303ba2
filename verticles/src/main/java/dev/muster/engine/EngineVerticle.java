package dev.muster.engine;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.Stored;
import dev.muster.bus.Told;
import dev.muster.engine.Engine.Share;
import dev.muster.engine.Engine.Shared;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a share of the engines of this process on its event loop. The first one hears commands for all of them: STOP
 * holds them where they are, START lets them go on, DO_WORK and KILL are the broker's.
 */
final class EngineVerticle extends VerticleBase {
    private static final String ROLE = "engine";
    private static final int WORK_MILLIS = 50_000;
    private static final int LAST_CODE = 255;
    private static final Logger LOG = LoggerFactory.getLogger(EngineVerticle.class);
    /** The ports that Linux gives to connections of one address to another, unless it is told otherwise. */
    private static final int PORTS = 28_000;

    private final Setup setup;
    private final Share share;
    private final Shared shared;
    private final Fleets fleets;
    private final Node node;
    private @Nullable Fleet fleet;

    EngineVerticle(Setup setup, Share share, Shared shared, Fleets fleets, Node node) {
        this.setup = setup;
        this.share = share;
        this.shared = shared;
        this.fleets = fleets;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        var broker = setup.broker().getHostString() + ":" + setup.broker().getPort();
        if (share.number() == 0) {
            log(broker);
        }
        var part = "engine-" + share.number();
        node.readiness().waiting(part, "the broker " + broker + " has registered no engine yet");
        var instruments = new Instruments(node.telemetry(), share.size(setup.count()), setup.protocol());
        var loop = ((ContextInternal) context).nettyEventLoop();
        var made = new Fleet(vertx, loop, setup, share, shared, instruments, () -> node.readiness()
                .ready(part));
        fleet = made;
        fleets.add(made);
        return share.number() == 0 ? listen() : Future.succeededFuture();
    }

    private Future<?> listen() {
        return vertx.eventBus()
                .<Command>consumer(Addresses.command(ROLE))
                .handler(this::obey)
                .completion();
    }

    private void obey(Message<Command> message) {
        var command = message.body();
        if (!node.credential().admits(command.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        try {
            obey(message, command.action(), Params.of(command.parameters()));
        } catch (HttpError wrong) {
            message.fail(Failure.BAD_REQUEST.code(), String.valueOf(wrong.getMessage()));
        }
    }

    private void obey(Message<Command> message, Command.Action action, Params params) {
        switch (action) {
            case START -> fleets.start().onSuccess(started -> message.reply(Stored.INSTANCE));
            case STOP -> fleets.hold().onSuccess(held -> message.reply(Stored.INSTANCE));
            case DO_WORK -> {
                var millis = params.number("time", 0, Words.MOST_MILLIS);
                params.check();
                long asked = millis == null ? WORK_MILLIS : millis;
                fleets.work(asked).onSuccess(working -> message.reply(told("DOWORK:" + asked, working)));
            }
            case KILL -> {
                var code = params.number("code", 0, LAST_CODE);
                params.check();
                int with = code == null ? 0 : (int) (long) code;
                // On the last one's event loop, which the end of the process waits for.
                fleets.kill(with).onSuccess(killed -> message.reply(told("KILL:" + with, killed)));
            }
        }
    }

    /** They are told in this process: whoever does it has confirmed it. */
    private static Told told(String command, int engines) {
        return new Told(command, engines, engines, 0);
    }

    private void log(String broker) {
        LOG.info(
                "event=engine.start engines={} ids={} broker={} protocol={} heartbeat_ms={} loops={}",
                setup.count(),
                setup.count() == 1 ? setup.id() : setup.id(0) + ".." + setup.id(setup.count() - 1),
                broker,
                setup.protocol(),
                setup.heartbeatNanos() / 1_000_000,
                share.of());
        int addresses = Math.max(1, setup.sources().size());
        if (setup.count() > PORTS * addresses) {
            LOG.warn(
                    "event=engine.few_ports engines={} addresses={} fix=\"give more --engine-source-addresses: each has"
                            + " ports for some {} connections\"",
                    setup.count(),
                    addresses,
                    PORTS);
        }
    }

    @Override
    public Future<?> stop() {
        var held = fleet;
        return held == null ? Future.succeededFuture() : held.close();
    }
}
