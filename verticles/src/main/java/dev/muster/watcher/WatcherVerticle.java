package dev.muster.watcher;

import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.kube.CsvFile;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.LinkEvent;
import dev.muster.kube.Reflector;
import dev.muster.kube.Resource;
import dev.muster.kube.ServerClock;
import dev.muster.kube.WatchEvent;
import dev.muster.kube.Watchable;
import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds one watch on its event loop. It has started when it hears of every change. */
final class WatcherVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WatcherVerticle.class);
    private static final String ROLE = "watcher";

    private final WatcherOptions options;
    private final KubeOptions kube;
    private final Node node;
    private @Nullable ApiClient client;
    private @Nullable Reflector reflector;
    private @Nullable CsvFile csv;

    WatcherVerticle(WatcherOptions options, KubeOptions kube, Node node) {
        this.options = options;
        this.kube = kube;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        node.readiness().waiting(ROLE, "has not listed its objects yet");
        var counters = node.telemetry().counters(WatcherCounter.class);
        return vertx.executeBlocking(() -> Access.load(kube, System.getenv()), false)
                .compose(access -> start(access, counters));
    }

    private Future<Void> start(Access access, Counters<WatcherCounter> counters) {
        var settings = new ApiClient.Settings(1, List.of(), "muster-watcher", Duration.ofSeconds(60), event -> {
            if (event == LinkEvent.RECONNECTED) {
                counters.increment(WatcherCounter.RECONNECTED);
            }
        });
        var made = new ApiClient(vertx, access, settings);
        client = made;
        return Watchable.find(made, options.resource(), namespace())
                .compose(resource -> log().compose(log -> watch(made, resource, counters, log)))
                .recover(cause -> Future.failedFuture(
                        "API server " + access.server() + " (" + access.text() + "): " + cause.getMessage()));
    }

    private Optional<String> namespace() {
        return Watchable.namespace(options.namespace());
    }

    private Future<EventLog> log() {
        var path = options.csv();
        return path == null
                ? Future.succeededFuture(new EventLog(Optional.empty()))
                : CsvFile.open(vertx, path).map(file -> {
                    csv = file;
                    return new EventLog(Optional.of(file));
                });
    }

    private Future<Void> watch(ApiClient api, Resource resource, Counters<WatcherCounter> counters, EventLog log) {
        Promise<Void> opened = Promise.promise();
        var ledger = new Ledger(counters, node.telemetry().recorder(WatcherMetric.LAG));
        // Only this event loop changes the ledger; the reader sees its latest or next-to-latest size.
        node.telemetry().gauge(WatcherMetric.OBJECTS, ledger::size);
        int seconds = (int) options.window().toSeconds();
        var settings = Reflector.Settings.plain(
                resource,
                namespace(),
                options.selector(),
                () -> seconds + ThreadLocalRandom.current().nextInt(seconds),
                options.relist());
        var listener = new Told(ledger, counters, node.telemetry().recorder(WatcherMetric.LIST_SERVICE), log, opened);
        var started = new Reflector(vertx, api, settings, listener);
        reflector = started;
        LOG.info(
                "event=watcher.start resource={} namespace={} selector=\"{}\" relist={}",
                resource.text(),
                options.namespace(),
                options.selector(),
                options.relist());
        started.start();
        return opened.future().onSuccess(ready -> {
            node.readiness().ready(ROLE);
            clock(api);
        });
    }

    /** Beside the load, for it takes some seconds; a server that tells no time has no offset. */
    private void clock(ApiClient api) {
        new ServerClock(vertx, api)
                .estimate()
                .onSuccess(found -> found.ifPresent(clock -> {
                    node.telemetry().gauge(WatcherMetric.CLOCK_OFFSET, clock.estimate()::offsetNanos);
                    node.telemetry().gauge(WatcherMetric.CLOCK_ERROR, clock::errorNanos);
                }));
    }

    @Override
    public Future<?> stop() {
        if (reflector != null) {
            reflector.stop();
        }
        return Optional.ofNullable(csv)
                .map(CsvFile::close)
                .orElseGet(Future::succeededFuture)
                .eventually(
                        () -> Optional.ofNullable(client).map(ApiClient::close).orElseGet(Future::succeededFuture));
    }

    /** Takes what the watch tells. */
    private static final class Told implements Reflector.Listener {
        private final Ledger ledger;
        private final Counters<WatcherCounter> counters;
        private final Recorder lists;
        private final EventLog log;
        private final Promise<Void> opened;
        private long began;
        private long events;

        Told(Ledger ledger, Counters<WatcherCounter> counters, Recorder lists, EventLog log, Promise<Void> opened) {
            this.ledger = ledger;
            this.counters = counters;
            this.lists = lists;
            this.log = log;
            this.opened = opened;
        }

        @Override
        public void listed(List<WatchEvent> objects, boolean again, long nanos) {
            lists.record(nanos);
            ledger.listed(objects, again);
        }

        @Override
        public void opened(String version) {
            began = System.nanoTime();
            events = 0;
            counters.increment(WatcherCounter.WINDOWS);
            opened.tryComplete();
        }

        @Override
        public void event(WatchEvent event, long arrived) {
            events++;
            ledger.event(event, arrived);
            log.write(event, arrived);
        }

        @Override
        public void closed(Reflector.End end, String cause) {
            opened.tryFail(cause); // when the first one can't be opened, nothing is watched
            switch (end) {
                case TIME -> {}
                case GONE -> counters.increment(WatcherCounter.GONE);
                case CONNECTION -> counters.increment(WatcherCounter.LOST);
                case ERROR -> counters.increment(WatcherCounter.ERRORS);
            }
            LOG.info(
                    "event=watcher.window end={} seconds={} events={} objects={} cause=\"{}\"",
                    end,
                    (System.nanoTime() - began) / 1_000_000_000,
                    events,
                    ledger.size(),
                    cause);
        }
    }
}
