package dev.muster.console;

import dev.muster.bus.Addresses;
import dev.muster.bus.RunNews;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.http.Answers;
import dev.muster.http.HttpError;
import dev.muster.measure.Counters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who watches, and what they are sent, as Server-Sent Events: {@code stats}, the collector's answer, once a second with
 * the seconds since the last one; {@code run}, how far the run under way is. Whoever comes is first sent the minutes
 * before. For one event loop.
 */
final class Viewers {
    private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);
    private static final int MOST = 200;
    private static final long PERIOD_MILLIS = 1_000;
    private static final int PAST_SECONDS = 600;
    /** A second may come late, and then two at once; a reader leaves out what it has. */
    private static final int LATEST_SECONDS = 3;

    private final Vertx vertx;
    private final Counters<ConsoleCounter> counters;
    private final Set<Viewer> viewers = new HashSet<>();
    private final Track track = new Track();
    private volatile int count;
    private boolean asking;

    Viewers(Vertx vertx, Counters<ConsoleCounter> counters) {
        this.vertx = vertx;
        this.counters = counters;
    }

    /** How many watch. Safe to use from any thread. */
    int count() {
        return count;
    }

    /** Begins to hear of runs, and to tell. */
    Future<Void> listen() {
        vertx.setPeriodic(PERIOD_MILLIS, timer -> tell());
        return vertx.eventBus()
                .<RunNews>consumer(Addresses.RUN_NEWS)
                .handler(news -> {
                    track.take(news.body());
                    send("run", Answers.encode(news.body()));
                })
                .completion();
    }

    /** One more, who is told until one side ends it. */
    void admit(RoutingContext context) {
        var response = context.response();
        if (viewers.size() >= MOST) {
            counters.increment(ConsoleCounter.VIEWERS_REFUSED);
            throw new HttpError(503, MOST + " watch already", "close a page that nobody looks at");
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        var viewer = new Viewer(response.setChunked(true));
        viewers.add(viewer);
        count = viewers.size();
        response.closeHandler(closed -> remove(viewer)).exceptionHandler(broken -> remove(viewer));
        track.all().ifPresent(news -> viewer.send("run", Answers.encode(news)));
        ask(PAST_SECONDS).onSuccess(stats -> viewer.send("stats", Answers.encode(stats)));
    }

    private void remove(Viewer viewer) {
        viewers.remove(viewer);
        count = viewers.size();
    }

    /** Nobody is asked while nobody watches, and nobody twice who has not answered yet. */
    private void tell() {
        if (viewers.isEmpty() || asking) {
            return;
        }
        asking = true;
        ask(LATEST_SECONDS)
                .onSuccess(stats -> send("stats", Answers.encode(stats)))
                .onFailure(cause -> {
                    LOG.debug("event=console.no_stats", cause);
                    send("silence", "{}"); // so that the page tells a collector that is away from a server that is
                })
                .onComplete(asked -> asking = false);
    }

    private Future<Stats> ask(int seconds) {
        return vertx.eventBus()
                .<Stats>request(
                        Addresses.STATS,
                        StatsQuery.seconds(seconds),
                        new DeliveryOptions().setSendTimeout(2 * PERIOD_MILLIS))
                .map(reply -> reply.body());
    }

    private void send(String event, String json) {
        for (var viewer : new ArrayList<>(viewers)) {
            if (!viewer.send(event, json)) {
                counters.increment(ConsoleCounter.VIEWERS_DROPPED);
                remove(viewer);
                viewer.end();
            }
        }
    }

    /** Ends every stream. */
    void end() {
        for (var viewer : new ArrayList<>(viewers)) {
            remove(viewer);
            viewer.end();
        }
    }
}
