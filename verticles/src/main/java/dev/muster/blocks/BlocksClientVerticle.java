package dev.muster.blocks;

import dev.muster.bus.Addresses;
import dev.muster.bus.BlocksLoad;
import dev.muster.bus.BlocksLoadDone;
import dev.muster.bus.Failure;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Recorder;
import dev.muster.node.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client: its connections, spread over event loops, and the loads that it carries, one at a time. */
final class BlocksClientVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BlocksClientVerticle.class);
    private static final String PART = "blocks-client";

    private final Setup setup;
    private final Node node;
    private final Blocks.Shared shared;
    private final List<Crew> crews = new ArrayList<>();
    private @Nullable HttpClientAgent client;
    private @Nullable LoadRun running;

    /** A worker and where it works. */
    record Crew(Worker worker, Context eventLoop) {}

    BlocksClientVerticle(Setup setup, Node node, Blocks.Shared shared) {
        this.setup = setup;
        this.node = node;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        node.readiness().waiting(PART, "not connected to " + setup.host() + ":" + setup.port() + " yet");
        var agent = vertx.createHttpClient(ClientOptions.of(setup, shared.tls()));
        client = agent;
        var late = node.telemetry().recorder(HealthMetric.LATENESS);
        connect(agent).onSuccess(connection -> {
            node.readiness().ready(PART);
            var path = PathTold.of(connection, setup, shared.tls());
            LOG.info("event=blocks.client_connected path=\"{}\"", path);
            vertx.eventBus().<BlocksLoad>consumer(Addresses.BLOCKS_LOAD).handler(message -> obey(message, path, late));
            var load = setup.load();
            if (load != null) {
                run(load, path, late).onSuccess(this::over);
            }
        });
        var log = new RateLog(crews, node.verbosity() >= 2);
        vertx.setPeriodic(setup.logPeriod().toMillis(), timer -> log.write());
        return Future.succeededFuture();
    }

    /** Completes with one of the connections when all are there; it tries until then. */
    private Future<HttpClientConnection> connect(HttpClientAgent agent) {
        int loops = Math.min(setup.connections(), Runtime.getRuntime().availableProcessors());
        var connected = new ArrayList<Future<HttpClientConnection>>();
        for (int i = 0; i < loops; i++) {
            int count = (setup.connections() - i + loops - 1) / loops;
            // A loop other than this verticle's, where there are several connections.
            var eventLoop = ((VertxInternal) vertx).createEventLoopContext();
            var worker = new Worker(new ClientInstruments(node.telemetry()), shared, eventLoop);
            crews.add(new Crew(worker, eventLoop));
            var all = Promise.<HttpClientConnection>promise();
            eventLoop.runOnContext(
                    now -> worker.connect(vertx, agent, setup, count).onComplete(all));
            connected.add(all.future());
        }
        return Future.join(connected).map(all -> connected.get(0).result());
    }

    private void obey(Message<BlocksLoad> message, BlocksLoadDone.Path path, Recorder late) {
        if (!node.credential().admits(message.body().credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
        } else if (running != null) {
            message.fail(Failure.UNAVAILABLE.code(), "another load is under way");
        } else {
            run(message.body(), path, late)
                    .onSuccess(message::reply)
                    .onFailure(cause -> message.fail(Failure.INTERNAL.code(), String.valueOf(cause.getMessage())));
        }
    }

    private Future<BlocksLoadDone> run(BlocksLoad load, BlocksLoadDone.Path path, Recorder late) {
        var run = new LoadRun(vertx, load, crews, late);
        running = run;
        return run.start().map(done -> done.along(path)).onComplete(ended -> running = null);
    }

    private void over(BlocksLoadDone done) {
        LOG.info(
                "event=blocks.client_done bytes={} seconds={} bytes_per_second={} completed={} failed={} cut={}",
                done.bytes(),
                done.nanos() / 1e9,
                Math.round(done.bytes() / (done.nanos() / 1e9)),
                done.completed(),
                done.failed(),
                done.cut());
        if (setup.exit()) {
            node.ending().ask(done.failed() == 0 ? 0 : 1, "the time of --blocks-duration is over");
        }
    }

    @Override
    public Future<?> stop() {
        if (running != null) {
            running.end();
        }
        var closed = new ArrayList<Future<Void>>();
        for (var crew : crews) {
            var done = Promise.<Void>promise();
            crew.eventLoop().runOnContext(now -> crew.worker().close().onComplete(all -> done.tryComplete()));
            closed.add(done.future());
        }
        var agent = client;
        return Future.join(closed).compose(all -> agent == null ? Future.succeededFuture() : agent.close());
    }
}
