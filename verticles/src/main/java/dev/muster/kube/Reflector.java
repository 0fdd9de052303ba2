package dev.muster.kube;

import dev.muster.measure.EpochClock;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Lists the objects of a kind and then watches them, for ever: each watch has a time limit, after which the next goes on from
 * the last resource version that was heard of; when the server no longer knows that one (410), or when it is told to, it
 * lists anew. For the client's event loop.
 */
public final class Reflector {
    private static final int GONE = 410;
    private static final long CANCEL = Http2Error.CANCEL.code();

    /** A connection on which a watch's end does not come is dead. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /** A watch without an event that ends sooner was no watch: the server's least time limit is a second. */
    private static final Duration SHORTEST = Duration.ofMillis(900);

    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final EpochClock clock = EpochClock.system();
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
     * @param encoding of the events
     * @param digest whether events are to have a digest of their objects
     */
    public record Settings(
            Resource resource,
            Optional<String> namespace,
            String selector,
            IntSupplier windowSeconds,
            boolean relist,
            Encoding encoding,
            boolean digest) {
        /** In JSON, and without digests. */
        public static Settings plain(
                Resource resource,
                Optional<String> namespace,
                String selector,
                IntSupplier windowSeconds,
                boolean relist) {
            return new Settings(resource, namespace, selector, windowSeconds, relist, Encoding.JSON, false);
        }

        String path(String query) {
            return resource.path(namespace) + "?" + query
                    + (selector.isEmpty() ? "" : "&labelSelector=" + Lister.escape(selector));
        }
    }

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

        /**
         * An object has changed, or a bookmark came.
         *
         * @param arrived when its last byte was read, epoch nanoseconds
         */
        void event(WatchEvent event, long arrived);

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
            new Lister(client, settings).list().onComplete(list -> listed(list, begun), this::unlisted);
        } else {
            watch();
        }
    }

    private void listed(Lister.Listed list, long begun) {
        if (stopped) {
            return;
        }
        relist = false;
        version = list.version();
        listener.listed(list.objects(), everListed, System.nanoTime() - begun);
        everListed = true;
        watch();
    }

    private void watch() {
        int seconds = settings.windowSeconds().getAsInt();
        var path = settings.path("watch=1&allowWatchBookmarks=true&resourceVersion=" + Lister.escape(version)
                + "&timeoutSeconds=" + seconds);
        var window = new Window();
        var request = ApiRequest.get(path, settings.encoding().accept());
        client.stream(request, Duration.ofSeconds(seconds).plus(LATE), window::read)
                .onComplete(ended -> window.end(), window::lost);
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
        private final EventDecoder decoder = settings.encoding().decoder(settings.digest());
        private final long begun = System.nanoTime();
        private boolean heard;
        private long arrived;
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
            var contentType = response.getHeader(HttpHeaders.CONTENT_TYPE);
            if (!settings.encoding().isOf(contentType)) {
                giveUp(
                        "the server answers " + contentType + ", not "
                                + settings.encoding().mediaType(),
                        response);
                return response.end();
            }
            listener.opened(version);
            response.handler(chunk -> take(chunk, response));
            return response.end();
        }

        private void take(Buffer chunk, HttpClientResponse response) {
            if (stopped || end != End.TIME) {
                return;
            }
            arrived = clock.nanos();
            try {
                decoder.feed(chunk, this::take);
            } catch (IllegalArgumentException e) {
                giveUp(ApiClient.text(e), response);
            }
        }

        private void giveUp(String why, HttpClientResponse response) {
            end = End.ERROR;
            cause = why;
            response.request().reset(CANCEL);
        }

        private void take(WatchEvent event) {
            if (event.type() == WatchEvent.Type.ERROR) {
                end = event.code() == GONE ? End.GONE : End.ERROR;
                cause = "error " + event.code() + " within the watch";
                return;
            }
            heard = true;
            version = event.resourceVersion();
            listener.event(event, arrived);
        }

        void end() {
            if (heard || end != End.TIME) {
                close(end, cause, isFruitful());
                return;
            }
            // At the first event that it can't write so, a server ends the watch without a word.
            Watchable.writable(client, settings.resource(), settings.namespace(), settings.encoding())
                    .onFailure(this::unwritable)
                    .onComplete(asked -> close(end, cause, isFruitful()));
        }

        private void unwritable(Throwable why) {
            if (why instanceof RefusedException) {
                end = End.ERROR;
                cause = "the server can't write " + settings.resource().text() + " as "
                        + settings.encoding().mediaType() + ": " + ApiClient.text(why);
            }
        }

        private boolean isFruitful() {
            return heard || System.nanoTime() - begun > SHORTEST.toNanos();
        }

        /** The connection is lost; half an event comes again in whole with the next watch. */
        void lost(Throwable why) {
            boolean gaveUp = end != End.TIME;
            close(gaveUp ? end : End.CONNECTION, gaveUp ? cause : ApiClient.text(why), isFruitful());
        }
    }
}
