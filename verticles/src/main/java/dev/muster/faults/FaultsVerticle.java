package dev.muster.faults;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.FaultNews;
import dev.muster.bus.FaultPlan;
import dev.muster.bus.Stored;
import dev.muster.kube.Access;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one plan and does each of its faults at its time, whatever became of those before. STOP ends that: what has not
 * begun never does, and what is to be undone is undone now.
 */
final class FaultsVerticle extends VerticleBase implements Deed.Pause {
    private static final Logger LOG = LoggerFactory.getLogger(FaultsVerticle.class);
    private static final String ROLE = "faults";

    private final FaultsOptions options;
    private final Node node;
    private final Counters<FaultsCounter> counters;
    private final List<Future<Void>> running = new ArrayList<>();
    private final Promise<Void> over = Promise.promise();
    private boolean planned;
    private @Nullable Cluster cluster;

    FaultsVerticle(FaultsOptions options, Node node) {
        this.options = options;
        this.node = node;
        this.counters = node.telemetry().counters(FaultsCounter.class);
    }

    @Override
    public Future<?> start() {
        var bus = vertx.eventBus();
        var planning = bus.<FaultPlan>consumer(Addresses.FAULT_PLAN)
                .handler(this::plan)
                .completion();
        var obeying = bus.<Command>consumer(Addresses.command(ROLE))
                .handler(this::obey)
                .completion();
        return Future.all(planning, obeying);
    }

    private void plan(Message<FaultPlan> message) {
        var plan = message.body();
        if (!node.credential().admits(plan.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
        } else if (planned) {
            message.fail(Failure.CONFLICT.code(), "there is a plan already");
        } else {
            planned = true;
            connect(plan)
                    .onSuccess(connected -> {
                        plan.faults().forEach(this::schedule);
                        message.reply(Stored.INSTANCE);
                    })
                    .onFailure(cause -> message.fail(Failure.BAD_REQUEST.code(), String.valueOf(cause.getMessage())));
        }
    }

    private Future<Void> connect(FaultPlan plan) {
        boolean wanted = plan.faults().stream().map(Settings::new).anyMatch(fault -> fault.kind()
                .onCluster());
        return wanted
                ? vertx.executeBlocking(
                                () -> new Cluster(vertx, Access.load(new Chosen(options), System.getenv())), false)
                        .onSuccess(connected -> cluster = connected)
                        .mapEmpty()
                : Future.succeededFuture();
    }

    private void schedule(FaultPlan.Fault fault) {
        running.add(rest(Duration.ofMillis(fault.atMillis()))
                .compose(due -> over.future().isComplete() ? Future.succeededFuture() : run(fault)));
    }

    private Future<Void> run(FaultPlan.Fault fault) {
        var settings = new Settings(fault);
        return Future.future((Promise<String> done) -> deed(settings)
                        .run(() -> {
                            counters.increment(FaultsCounter.BEGUN);
                            tell(fault, FaultNews.Phase.BEGUN, settings.text());
                        })
                        .onComplete(done))
                .onSuccess(what -> {
                    counters.increment(FaultsCounter.OVER);
                    tell(fault, FaultNews.Phase.OVER, what);
                })
                .onFailure(cause -> {
                    counters.increment(FaultsCounter.FAILED);
                    tell(fault, FaultNews.Phase.FAILED, String.valueOf(cause.getMessage()));
                })
                .transform(ended -> Future.succeededFuture());
    }

    private Deed deed(Settings settings) {
        if (settings.kind() == FaultKind.STOP_PROCESS) {
            return new ProcessStop(vertx.eventBus(), node.credential(), settings);
        }
        var connected = cluster;
        if (connected == null) {
            throw new IllegalStateException("not connected");
        }
        return switch (settings.kind()) {
            case DELETE_PODS -> new PodDeletion(connected, settings, new Random(settings.seed()));
            case DRAIN_NODE -> new NodeDrain(connected, settings, this);
            default -> new NodeLoss(connected, new Commands(vertx), settings, this);
        };
    }

    private void tell(FaultPlan.Fault fault, FaultNews.Phase phase, String text) {
        LOG.info("event=fault number={} kind={} phase={} text=\"{}\"", fault.number(), fault.kind(), phase, text);
        vertx.eventBus()
                .publish(Addresses.FAULT_NEWS, new FaultNews(fault.number(), phase, System.currentTimeMillis(), text));
    }

    private void obey(Message<Command> message) {
        var command = message.body();
        if (!node.credential().admits(command.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
        } else if (command.action() != Command.Action.STOP) {
            message.fail(Failure.BAD_REQUEST.code(), "faults knows STOP, and takes its plan at its own address");
        } else {
            over.tryComplete();
            Future.join(running).onComplete(undone -> message.reply(Stored.INSTANCE));
        }
    }

    @Override
    public Future<Void> tick(Duration time) {
        return vertx.timer(Math.max(1, time.toMillis())).mapEmpty();
    }

    @Override
    public Future<Void> rest(Duration time) {
        if (over.future().isComplete() || time.isZero()) {
            return Future.succeededFuture();
        }
        return Future.any(tick(time), over.future()).mapEmpty();
    }

    @Override
    public boolean isOver() {
        return over.future().isComplete();
    }

    /** What is to be undone is undone first. */
    @Override
    public Future<?> stop() {
        over.tryComplete();
        var connected = cluster;
        return Future.join(running)
                .transform(undone -> connected == null
                        ? Future.succeededFuture()
                        : vertx.executeBlocking(
                                () -> {
                                    connected.close();
                                    return null;
                                },
                                false));
    }
}
