package dev.muster.informer;

import dev.muster.informer.InformerOptions.Engine;
import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.kube.CsvFile;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Reflector;
import dev.muster.kube.Resource;
import dev.muster.kube.ServerClock;
import dev.muster.kube.Watchable;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds one informer on its event loop. It has started when its cache holds all objects and it hears of every change. */
final class InformerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(InformerVerticle.class);
    private static final String ROLE = "informer";
    /** As client-go's reflector: each watch lasts 5 to 10 minutes. */
    private static final int WINDOW_SECONDS = 300;

    private final InformerOptions options;
    private final KubeOptions kube;
    private final Node node;
    private @Nullable ApiClient client;
    private @Nullable Feed feed;
    private @Nullable CsvFile csv;
    private @Nullable Cache cache;

    InformerVerticle(InformerOptions options, KubeOptions kube, Node node) {
        this.options = options;
        this.kube = kube;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        node.readiness().waiting(ROLE, "has not listed its objects yet");
        return vertx.executeBlocking(() -> Access.load(kube, System.getenv()), false)
                .compose(this::start);
    }

    private Future<Void> start(Access access) {
        var settings = new ApiClient.Settings(1, List.of(), "muster-informer", Duration.ofSeconds(60), event -> {});
        var made = new ApiClient(vertx, access, settings);
        client = made;
        return Watchable.find(made, options.resource(), namespace())
                .compose(resource -> writable(made, resource).map(resource))
                .compose(resource -> log().compose(log -> inform(access, made, resource, log)))
                .recover(cause -> Future.failedFuture(
                        "API server " + access.server() + " (" + access.text() + "): " + cause.getMessage()));
    }

    private Future<Void> writable(ApiClient api, Resource resource) {
        return Watchable.writable(api, resource, namespace(), options.encoding())
                .recover(cause -> Future.failedFuture("--informer-encoding=protobuf of " + resource.text() + ": "
                        + cause.getMessage() + "; without the option the server writes JSON"));
    }

    private Optional<String> namespace() {
        return Watchable.namespace(options.namespace());
    }

    private Future<WorkLog> log() {
        var path = options.csv();
        return path == null
                ? Future.succeededFuture(new WorkLog(Optional.empty()))
                : CsvFile.open(vertx, path).map(file -> {
                    csv = file;
                    return new WorkLog(Optional.of(file));
                });
    }

    private Future<Void> inform(Access access, ApiClient api, Resource resource, WorkLog log) {
        var instruments = new Instruments(node.telemetry());
        var queue = new WorkQueue();
        var objects = new Cache(instruments, queue);
        cache = objects;
        node.telemetry().gauge(InformerMetric.OBJECTS, objects::size);
        node.telemetry().gauge(InformerMetric.QUEUED, queue::size);
        node.telemetry().gauge(InformerMetric.RESOURCE_VERSION, objects::latestVersion);
        if (options.originalMetrics()) {
            OriginalNames.add(node.telemetry(), resource, node.identity().instance());
        }
        var how = new Workers.Settings(options.workers(), options.work(), options.compare());
        var workers = new Workers(vertx, how, queue, objects, instruments, log);
        Promise<Void> opened = Promise.promise();
        var told = new News(objects, workers, instruments, opened);
        var settings = new Reflector.Settings(
                resource,
                namespace(),
                options.selector(),
                () -> WINDOW_SECONDS + ThreadLocalRandom.current().nextInt(WINDOW_SECONDS),
                false,
                options.encoding(),
                options.compare());
        var made = options.engine() == Engine.RAW
                ? new RawFeed(vertx, api, settings, told)
                : new Fabric8Feed(vertx, context, access, settings, told);
        feed = made;
        LOG.info(
                "event=informer.start engine={} resource={} namespace={} selector=\"{}\" workers={}",
                options.engine(),
                resource.text(),
                options.namespace(),
                options.selector(),
                options.workers());
        return made.start().compose(begun -> opened.future()).onSuccess(ready -> {
            node.readiness().ready(ROLE);
            clock(api);
        });
    }

    /** Beside the load, for it takes some seconds; a server that tells no time has no offset. */
    private void clock(ApiClient api) {
        new ServerClock(vertx, api)
                .estimate()
                .onSuccess(found -> found.ifPresent(clock -> {
                    node.telemetry().gauge(InformerMetric.CLOCK_OFFSET, clock.estimate()::offsetNanos);
                    node.telemetry().gauge(InformerMetric.CLOCK_ERROR, clock::errorNanos);
                }));
    }

    /** The resource version of each object that it knows, by its key; on any thread. */
    Future<Map<String, String>> versions() {
        Promise<Map<String, String>> told = Promise.promise();
        context.runOnContext(turn -> told.complete(cache == null ? Map.of() : cache.versions()));
        return told.future();
    }

    @Override
    public Future<?> stop() {
        return Optional.ofNullable(feed)
                .map(Feed::stop)
                .orElseGet(Future::succeededFuture)
                .eventually(() -> Optional.ofNullable(csv).map(CsvFile::close).orElseGet(Future::succeededFuture))
                .eventually(
                        () -> Optional.ofNullable(client).map(ApiClient::close).orElseGet(Future::succeededFuture));
    }
}
