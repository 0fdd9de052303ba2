package dev.muster.driver;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.Stored;
import dev.muster.driver.DriverOptions.Mode;
import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.kube.CsvFile;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Leftovers;
import dev.muster.kube.ServerClock;
import dev.muster.node.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one driver on its event loop, and hears commands: START begins the load, STOP lets nothing more begin. At its end it
 * deletes what is left of its own objects, and no other's.
 */
final class DriverVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(DriverVerticle.class);
    private static final String ROLE = "driver";
    private static final long CLEAN_SECONDS = 8;

    private final DriverOptions options;
    private final KubeOptions kube;
    private final Node node;
    private @Nullable Running running;
    private @Nullable WarmUp warming;
    private @Nullable Future<Void> stopping;
    /** Where it lives, once it starts; others ask. */
    private volatile @Nullable Context home;

    /** All that a driver has once it is prepared. */
    private record Running(
            Setup setup,
            ApiClient client,
            Preparation.Ready ready,
            Requests requests,
            Load load,
            Instruments instruments,
            Optional<CsvFile> csv) {}

    DriverVerticle(DriverOptions options, KubeOptions kube, Node node) {
        this.options = options;
        this.kube = kube;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        home = context;
        node.readiness().waiting(ROLE, "still asks the API server what it may do");
        var setup = Setup.of(options, node.identity().instance());
        var instruments = new Instruments(node.telemetry());
        return vertx.executeBlocking(() -> Access.load(kube, System.getenv()), false)
                .compose(access -> new Preparation(vertx, access, setup)
                        .prepare()
                        .compose(ready -> open(access, setup, ready, instruments)))
                .compose(this::warmUp)
                .compose(made -> {
                    node.readiness().ready(ROLE);
                    clock(made.client());
                    if (!options.hold()) {
                        made.load().start();
                    }
                    return Future.all(
                            hear(made, Addresses.command(ROLE)),
                            hear(made, Addresses.command(ROLE, node.identity().instance())));
                })
                // Whatever was made until then goes: a verticle that has not started is not stopped.
                .recover(cause -> stop().otherwiseEmpty().compose(stopped -> Future.failedFuture(cause)));
    }

    private Future<Running> warmUp(Running made) {
        running = made;
        if (stopping != null) {
            return stop(made).compose(stopped -> Future.failedFuture("stopped while it started"));
        }
        var begun = new WarmUp(made.client(), made.requests(), options.warmUp());
        warming = begun;
        return begun.run().map(made);
    }

    private Future<Running> open(Access access, Setup setup, Preparation.Ready ready, Instruments instruments) {
        Future<Optional<CsvFile>> csv = options.csv() == null
                ? Future.succeededFuture(Optional.empty())
                : CsvFile.open(vertx, options.csv()).map(Optional::of);
        return csv.compose(file -> {
            var settings = new ApiClient.Settings(
                    options.connections(),
                    ready.endpoints(),
                    "muster-driver/" + setup.run(),
                    options.timeout(),
                    instruments::link);
            var client = new ApiClient(vertx, access, settings);
            var requests =
                    new Requests(setup, ready.template(), ready.resource().path(Optional.of(options.namespace())));
            var operator = new Operator(client, requests, instruments, new OperationLog(file));
            var load = load(setup, operator, instruments);
            gauges(setup, operator, load, instruments);
            LOG.info(
                    "event=driver.start run={} driver={} mode={} rate={} objects={} population={} seed={} server={}",
                    setup.run(),
                    setup.driver(),
                    options.mode(),
                    setup.rate(),
                    options.objects(),
                    options.maxPopulation(),
                    setup.seed(),
                    access.server());
            return Future.succeededFuture(new Running(setup, client, ready, requests, load, instruments, file));
        });
    }

    private Load load(Setup setup, Operator operator, Instruments instruments) {
        return options.mode() == Mode.OPEN
                ? new OpenLoad(
                        context,
                        new Schedule(setup.creations(), setup.lifeNanos()),
                        operator,
                        instruments,
                        options.inFlight())
                : new ClosedLoad(vertx, setup, operator, instruments);
    }

    private void gauges(Setup setup, Operator operator, Load load, Instruments instruments) {
        node.telemetry().gauge(DriverMetric.PLANNED, setup::planned);
        node.telemetry().gauge(DriverMetric.IN_FLIGHT, operator::underWay);
        node.telemetry().gauge(DriverMetric.WAITING, load::waiting);
        var counters = instruments.counters;
        node.telemetry().gauge(DriverMetric.ELAPSED, instruments::elapsedSeconds);
        // What is deleted was there before: read in this order, the difference is never below 0.
        node.telemetry().gauge(DriverMetric.POPULATION, () -> {
            long deleted = counters.get(DriverCounter.DELETED);
            return counters.get(DriverCounter.CREATED) + counters.get(DriverCounter.CONFIRMED) - deleted;
        });
    }

    /** Beside the load, for it takes some seconds; a server that tells no time has no offset. */
    private void clock(ApiClient api) {
        new ServerClock(vertx, api)
                .estimate()
                .onSuccess(found -> found.ifPresent(clock -> {
                    node.telemetry().gauge(DriverMetric.CLOCK_OFFSET, clock.estimate()::offsetNanos);
                    node.telemetry().gauge(DriverMetric.CLOCK_ERROR, clock::errorNanos);
                }));
    }

    private Future<Void> hear(Running made, String address) {
        return vertx.eventBus()
                .<Command>consumer(address)
                .handler(message -> obey(made, message))
                .completion();
    }

    private void obey(Running made, Message<Command> message) {
        var command = message.body();
        if (!node.credential().admits(command.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        switch (command.action()) {
            case START -> {
                made.load().start();
                message.reply(Stored.INSTANCE);
            }
            case STOP -> made.load().stop().onSuccess(held -> message.reply(Stored.INSTANCE));
            case DO_WORK, KILL -> message.fail(Failure.BAD_REQUEST.code(), "a driver knows START and STOP");
        }
    }

    /** Stops it even while it still starts, which Vert.x does not. From any thread. */
    Future<Void> stopEarly() {
        var there = home;
        if (there == null) {
            return Future.succeededFuture();
        }
        Promise<Void> stopped = Promise.promise();
        there.runOnContext(turn -> stop().onComplete(stopped));
        return stopped.future();
    }

    @Override
    public Future<Void> stop() {
        var begun = stopping;
        if (begun == null) {
            var made = running;
            begun = made == null ? Future.succeededFuture() : stop(made);
            stopping = begun;
        }
        return begun;
    }

    private Future<Void> stop(Running made) {
        var warm = Optional.ofNullable(warming).map(WarmUp::stop).orElseGet(Future::succeededFuture);
        return warm.compose(ended -> made.load().stop())
                .compose(ended -> clean(made))
                .timeout(CLEAN_SECONDS, TimeUnit.SECONDS)
                .otherwise(cause -> {
                    LOG.warn(
                            "event=driver.left_objects run={} cause=\"{}\" fix=\"./muster cleanup api --run={}"
                                    + " --namespace={} --resource={}\"",
                            made.setup().run(),
                            cause.getMessage(),
                            made.setup().run(),
                            options.namespace(),
                            made.ready().resource().text());
                    return null;
                })
                .eventually(() -> made.csv().map(CsvFile::close).orElseGet(Future::succeededFuture))
                .eventually(made.client()::close);
    }

    private Future<Void> clean(Running made) {
        var leftovers = new Leftovers(made.client(), made.ready().resource());
        return leftovers
                .find(Optional.of(options.namespace()), made.setup().selector())
                .compose(leftovers::delete)
                .onSuccess(gone -> made.instruments().counters.add(DriverCounter.CLEANED, gone))
                .mapEmpty();
    }
}
