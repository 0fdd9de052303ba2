package dev.muster.store;

import dev.muster.bus.ReadEvent;
import dev.muster.bus.ReadPage;
import dev.muster.bus.StreamPage;
import dev.muster.bus.StreamPage.State;
import dev.muster.http.HttpError;
import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Answers what is read: streams, pages of them, and events. Belongs to one event loop. */
final class ReadHandler {
    private static final CharSequence FOR_EVER = HttpHeaders.createOptimized("max-age=31536000, public");
    private static final CharSequence NOT_AT_ALL = HttpHeaders.createOptimized("max-age=0, no-cache, must-revalidate");
    private static final CharSequence ACCEPT = HttpHeaders.createOptimized("Accept");

    private final Counters<StoreCounter> counters;
    private final Recorder latency;
    private final Function<ReadPage, Future<StreamPage>> pages;
    private final Function<ReadEvent, Future<StreamPage>> events;

    /**
     * @param pages asks for a page
     * @param events asks for an event
     */
    ReadHandler(
            Node node,
            Counters<StoreCounter> counters,
            Function<ReadPage, Future<StreamPage>> pages,
            Function<ReadEvent, Future<StreamPage>> events) {
        this.counters = counters;
        this.latency = node.telemetry().recorder(StoreMetric.READ_LATENCY);
        this.pages = pages;
        this.events = events;
    }

    /** The newest page. */
    void stream(RoutingContext context) {
        page(context, PageRequest.HEAD);
    }

    /** A page from {@code :number} on, of {@code :count} events. */
    void page(RoutingContext context, boolean forward) {
        var target = Target.of(context);
        var count = target.number(context, "count", PageRequest.MOST);
        var from = from(context, target);
        if (count == null || count == 0 || (forward && from == ReadEvent.HEAD)) {
            throw new HttpError(400, "no such page", "ask for 1 to " + PageRequest.MOST + " events");
        }
        page(context, new PageRequest(from, forward, (int) (long) count, false));
    }

    private static long from(RoutingContext context, Target target) {
        if ("head".equals(context.pathParam("number"))) {
            return ReadEvent.HEAD;
        }
        var number = target.number(context, "number", Long.MAX_VALUE - PageRequest.MOST);
        return number == null ? ReadEvent.HEAD : number;
    }

    private void page(RoutingContext context, PageRequest asked) {
        long arrived = System.nanoTime();
        var target = Target.of(context);
        var embed = Feed.Embed.of(context.request().getParam("embed", ""));
        var feed = new Feed(target.url(), target.stream(), embed);
        var accepted = MediaType.accepted(accept(context), MediaType.FEEDS, MediaType.DESCRIPTION);
        if (accepted.isEmpty() || accepted.get() == MediaType.DESCRIPTION) {
            describe(context, feed, accepted.isEmpty() ? 406 : 200);
            return;
        }
        var type = accepted.get();
        pages.apply(new ReadPage(
                        target.stream(), asked.from(), asked.forward(), asked.count(), embed == Feed.Embed.BODY))
                .onFailure(context::fail)
                .onSuccess(page -> {
                    if (isThere(context, page, target)) {
                        answer(context, feed, page, asked, type);
                        latency.record(System.nanoTime() - arrived);
                    }
                });
    }

    private void answer(RoutingContext context, Feed feed, StreamPage page, PageRequest asked, MediaType type) {
        counters.increment(StoreCounter.READS);
        boolean settled = isSettled(page, asked);
        var eTag = page.head() + ";" + (type.text() + feed.embed()).hashCode();
        if (!settled) {
            context.response().putHeader(HttpHeaders.ETAG, '"' + eTag + '"');
            var known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
            if (known != null && (known.equals("*") || known.replace("\"", "").equals(eTag))) {
                context.response().setStatusCode(304).end();
                return;
            }
        }
        send(context, type, settled, feed.page(page, asked, eTag));
    }

    /** Whether nothing that is appended later can change the page: it does not reach the head, or begins at a number. */
    private static boolean isSettled(StreamPage page, PageRequest asked) {
        if (asked.from() == ReadEvent.HEAD) {
            return false;
        }
        return asked.forward() ? page.events().size() == asked.count() : asked.from() <= page.head();
    }

    /** One event, in the form that the client wants. */
    void event(RoutingContext context) {
        long arrived = System.nanoTime();
        var target = Target.of(context);
        long number = from(context, target);
        var type = MediaType.accepted(accept(context), MediaType.ENTRIES, MediaType.EVENTSTORE_ATOM)
                .orElseThrow(() -> new HttpError(
                        406,
                        "Not acceptable",
                        "accept " + MediaType.EVENTSTORE_ATOM.text() + " or " + MediaType.JSON.text()));
        events.apply(new ReadEvent(target.stream(), number))
                .onFailure(context::fail)
                .onSuccess(page -> {
                    if (!isThere(context, page, target)) {
                        return;
                    }
                    if (page.events().isEmpty()) {
                        context.fail(new HttpError(404, "no event " + number + " in " + target.stream(), ""));
                        return;
                    }
                    counters.increment(StoreCounter.READS);
                    answer(context, target, page, type, number != ReadEvent.HEAD);
                    latency.record(System.nanoTime() - arrived);
                });
    }

    private static void answer(
            RoutingContext context, Target target, StreamPage page, MediaType type, boolean settled) {
        var found = page.events().get(0);
        if (type == MediaType.JSON) {
            var as = found.event().json() ? MediaType.JSON : MediaType.BYTES;
            send(context, as, settled, Buffer.buffer(found.event().data()));
        } else {
            var feed = new Feed(target.url(), target.stream(), Feed.Embed.BODY);
            send(context, type, settled, feed.event(found));
        }
    }

    private static boolean isThere(RoutingContext context, StreamPage page, Target target) {
        if (page.state() == State.EXISTS) {
            return true;
        }
        context.fail(
                page.state() == State.GONE
                        ? new HttpError(410, "the stream " + target.stream() + " is deleted for good", "")
                        : new HttpError(404, "no stream " + target.stream(), ""));
        return false;
    }

    private static void describe(RoutingContext context, Feed feed, int status) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.DESCRIPTION.header())
                .end(feed.description());
    }

    private static void send(RoutingContext context, MediaType type, boolean settled, Buffer body) {
        context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, settled ? FOR_EVER : NOT_AT_ALL)
                .putHeader(HttpHeaders.VARY, ACCEPT)
                .putHeader(HttpHeaders.CONTENT_TYPE, type.header())
                .end(body);
    }

    /** {@code ?format=json} stands for the header, for clients that can't set one. */
    private static String accept(RoutingContext context) {
        var format = context.request().getParam("format");
        if (format != null) {
            return switch (format) {
                case "json" -> MediaType.JSON.text();
                case "atom" -> MediaType.EVENTSTORE_ATOM.text();
                default -> format;
            };
        }
        var header = context.request().getHeader(HttpHeaders.ACCEPT);
        return header == null ? "" : header;
    }
}
