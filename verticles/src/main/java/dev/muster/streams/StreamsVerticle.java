package dev.muster.streams;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.FaultImpactQuery;
import dev.muster.bus.FaultNews;
import dev.muster.bus.Stored;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a share of the users of this process on its event loop. The first one leads them all, and hears commands: START
 * begins the load, STOP ends it.
 */
final class StreamsVerticle extends VerticleBase {
    private static final String ROLE = "streams";

    private final Setup setup;
    private final int number;
    private final int users;
    private final boolean held;
    private final Load load;
    private final Node node;
    private @Nullable Users mine;

    /**
     * @param number of this event loop, from 0
     * @param users on it
     * @param held whether the load waits for START
     * @param load which all event loops share
     */
    StreamsVerticle(Setup setup, int number, int users, boolean held, Load load, Node node) {
        this.setup = setup;
        this.number = number;
        this.users = users;
        this.held = held;
        this.load = load;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        var client = client();
        var made =
                new Users(vertx, setup, users, client, new Instruments(node.telemetry()), load.due(), load.overall());
        mine = made;
        boolean first = number == 0;
        var conductor = first ? new Conductor(vertx, setup, client, load, node) : null;
        load.add(new Load.Share(context, made));
        var hearing = vertx.eventBus()
                .<FaultNews>consumer(Addresses.FAULT_NEWS)
                .handler(news -> hear(news.body(), made))
                .completion();
        return conductor == null ? hearing : hearing.compose(heard -> lead(conductor));
    }

    private Future<Void> lead(Conductor conductor) {
        if (!held) {
            load.ready().onSuccess(ready -> context.runOnContext(turn -> conductor.beginWhenThereIsAStore()));
        }
        var telling = vertx.eventBus()
                .<FaultImpactQuery>consumer(Addresses.FAULT_IMPACT)
                .handler(message -> tell(message, conductor))
                .completion();
        var obeying = vertx.eventBus()
                .<Command>consumer(Addresses.command(ROLE))
                .handler(message -> obey(message, conductor))
                .completion();
        return Future.all(telling, obeying).mapEmpty();
    }

    /** The word of a fault comes just before it is done. */
    private static void hear(FaultNews news, Users users) {
        if (news.phase() == FaultNews.Phase.BEGUN) {
            users.aftermath().fault(news.number(), System.nanoTime());
        }
    }

    private static void tell(Message<FaultImpactQuery> message, Conductor conductor) {
        conductor
                .impacts()
                .onSuccess(message::reply)
                .onFailure(cause -> message.fail(Failure.of(cause).code(), String.valueOf(cause.getMessage())));
    }

    private NetClient client() {
        var options = new NetClientOptions().setTcpNoDelay(true).setConnectTimeout((int)
                TimeUnit.NANOSECONDS.toMillis(setup.timeoutNanos()));
        if (setup.tls()) {
            options.setSsl(true)
                    .setTrustAll(setup.insecure())
                    .setHostnameVerificationAlgorithm(setup.insecure() ? "" : "HTTPS");
            var ca = setup.ca();
            if (ca != null) {
                options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
            }
        }
        return vertx.createNetClient(options);
    }

    private void obey(Message<Command> message, Conductor conductor) {
        var command = message.body();
        if (!node.credential().admits(command.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        var done =
                switch (command.action()) {
                    case START -> load.ready().compose(ready -> conductor.begin());
                    case STOP -> conductor.endNow();
                    case DO_WORK, KILL ->
                        Future.<Void>failedFuture(Failure.BAD_REQUEST.exception("streams knows START and STOP"));
                };
        done.onSuccess(obeyed -> message.reply(Stored.INSTANCE))
                .onFailure(cause -> message.fail(Failure.of(cause).code(), String.valueOf(cause.getMessage())));
    }

    @Override
    public Future<?> stop() {
        var held = mine;
        if (held != null) {
            held.close();
        }
        return Future.succeededFuture();
    }
}
