package dev.muster.kube;

import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Lists the objects of a kind and then watches them, for ever: each watch has a time limit, after which the next goes on from
 * the last resource version that was heard of; when the server no longer knows that one (410), or when it is told to, it
 * lists anew. For the client's event loop.
 */
public final class Reflector {
    private static final int PAGE = 500;
    private static final int GONE = 410;
    private static final long CANCEL = Http2Error.CANCEL.code();

    /** A connection on which a watch's end does not come is dead. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /** A watch without an event that ends sooner was no watch: the server's least time limit is a second. */
    private static final Duration SHORTEST = Duration.ofMillis(900);

    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

    private final Vertx vertx;
    private final ApiClient client;
    private final Settings settings;
    private final Listener listener;
    private String version = "";
    private int failures;
    private boolean stopped;
    private boolean relist = true;
    private boolean everListed;

    /**
     * What to watch.
     *
     * @param namespace empty for all of them
     * @param selector of labels; empty for all objects
     * @param windowSeconds the time limit of the next watch
     * @param relist whether to list anew for each watch instead of going on
     */
    public record Settings(
            Resource resource,
            Optional<String> namespace,
            String selector,
            IntSupplier windowSeconds,
            boolean relist) {}

    /** Why a watch ended. */
    public enum End {
        /** Its time was over. */
        TIME,
        /** The server has forgotten the resource version that it was to go on from. */
        GONE,
        /** The connection was lost, or none could be made. */
        CONNECTION,
        /** The server refused it, or sent what is no event. */
        ERROR
    }

    /** Is told what happens, on the event loop. */
    public interface Listener {
        /**
         * All objects were listed.
         *
         * @param again whether they had been listed before
         * @param nanos how long it took
         */
        void listed(List<WatchEvent> objects, boolean again, long nanos);

        /** A watch has begun. */
        void opened(String version);

        /** An object has changed, or a bookmark came. */
        void event(WatchEvent event);

        /** A watch ended, or could not begin. */
        void closed(End end, String cause);
    }

    public Reflector(Vertx vertx, ApiClient client, Settings settings, Listener listener) {
        this.vertx = vertx;
        this.client = client;
        this.settings = settings;
        this.listener = listener;
    }

    /** Begins. */
    public void start() {
        if (!stopped) {
            next();
        }
    }

    /** Tells nothing more; a watch that is open ends with the client. */
    public void stop() {
        stopped = true;
    }

    private void next() {
        if (stopped) {
            return;
        }
        if (relist) {
            long begun = System.nanoTime();
            list("", new ArrayList<>()).onComplete(objects -> listed(objects, begun), this::unlisted);
        } else {
            watch();
        }
    }

    private void listed(List<WatchEvent> objects, long begun) {
        if (stopped) {
            return;
        }
        relist = false;
        listener.listed(objects, everListed, System.nanoTime() - begun);
        everListed = true;
        watch();
    }

    private Future<List<WatchEvent>> list(String next, List<WatchEvent> all) {
        var path = path("limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + escape(next)));
        return client.ask(ApiRequest.get(path, METADATA)).compose(answer -> {
            if (answer.status() != 200) {
                return Future.failedFuture(new RefusedException(answer));
            }
            var page = new Listing(answer.body().toJsonObject());
            version = page.resourceVersion();
            page.items().forEach(item -> all.add(listed(item)));
            var more = page.next();
            return more.isEmpty() ? Future.succeededFuture(all) : list(more, all);
        });
    }

    private static WatchEvent listed(JsonObject item) {
        var metadata = item.getJsonObject("metadata");
        var annotations = metadata.getJsonObject("annotations", new JsonObject());
        return new WatchEvent(
                WatchEvent.Type.ADDED,
                metadata.getString("namespace", ""),
                metadata.getString("name"),
                metadata.getString("resourceVersion", ""),
                annotations.getString("scaletest/createTimestamp", ""),
                annotations.getString("scaletest/updateTimestamp", ""),
                0);
    }

    private void watch() {
        int seconds = settings.windowSeconds().getAsInt();
        var path = path(
                "watch=1&allowWatchBookmarks=true&resourceVersion=" + escape(version) + "&timeoutSeconds=" + seconds);
        var window = new Window();
        client.stream(ApiRequest.get(path), Duration.ofSeconds(seconds).plus(LATE), window::read)
                .onComplete(ended -> window.end(), window::lost);
    }

    private String path(String query) {
        var selector = settings.selector();
        return settings.resource().path(settings.namespace()) + "?" + query
                + (selector.isEmpty() ? "" : "&labelSelector=" + escape(selector));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void unlisted(Throwable cause) {
        close(cause instanceof RefusedException ? End.ERROR : End.CONNECTION, ApiClient.text(cause), false);
    }

    /**
     * Goes on, at once where that can't become a storm of requests.
     *
     * @param fruitful whether something came of the watch: an event, or a while without any
     */
    private void close(End end, String cause, boolean fruitful) {
        if (stopped) {
            return;
        }
        listener.closed(end, cause);
        relist |= end == End.GONE || settings.relist();
        failures = fruitful ? 0 : failures;
        if ((end == End.TIME && fruitful) || (end == End.GONE && failures == 0)) {
            failures += end == End.GONE ? 1 : 0;
            vertx.runOnContext(turn -> next());
        } else {
            long wait = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures++, 10));
            vertx.setTimer(wait, timer -> next());
        }
    }

    /** One watch, from its answer to its end. */
    private final class Window {
        private final EventScanner scanner = new EventScanner();
        private final long begun = System.nanoTime();
        private boolean heard;
        private End end = End.TIME;
        private String cause = "";

        Future<Void> read(HttpClientResponse response) {
            if (response.statusCode() != 200) {
                return response.body().map(body -> {
                    var refused = Status.read(response.statusCode(), response.getHeader("Retry-After"), body);
                    end = refused.status() == GONE ? End.GONE : End.ERROR;
                    cause = refused.status() + " " + refused.message();
                    return null;
                });
            }
            listener.opened(version);
            response.handler(chunk -> take(chunk, response));
            return response.end();
        }

        private void take(Buffer chunk, HttpClientResponse response) {
            if (stopped || end != End.TIME) {
                return;
            }
            try {
                scanner.feed(chunk, this::take);
            } catch (IllegalArgumentException e) {
                end = End.ERROR;
                cause = ApiClient.text(e);
                response.request().reset(CANCEL);
            }
        }

        private void take(WatchEvent event) {
            if (event.type() == WatchEvent.Type.ERROR) {
                end = event.code() == GONE ? End.GONE : End.ERROR;
                cause = "error " + event.code() + " within the watch";
                return;
            }
            heard = true;
            version = event.resourceVersion();
            listener.event(event);
        }

        void end() {
            close(end, cause, isFruitful());
        }

        private boolean isFruitful() {
            return heard || System.nanoTime() - begun > SHORTEST.toNanos();
        }

        /** The connection is lost; half an event comes again in whole with the next watch. */
        void lost(Throwable why) {
            close(end == End.TIME ? End.CONNECTION : end, ApiClient.text(why), isFruitful());
        }
    }
}
