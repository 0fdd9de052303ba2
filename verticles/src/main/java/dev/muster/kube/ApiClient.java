package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests to an API server over a few HTTP/2 connections, spread evenly. A request is told its {@link Outcome} once,
 * whatever happens to the connection, and is sent a second time in one case alone: after a 401, with which the server says
 * that it did nothing, when renewed credentials are others than before. A question is also asked again when the server says
 * that it has not looked at it. Successful answers are not parsed. For the event loop that makes it.
 */
public final class ApiClient {
    private static final int THROTTLED = 429;
    private static final long SWEEP_MILLIS = 100;
    private static final long GRACE_MILLIS = 2_000;
    /** How often a question that the server has not looked at is asked. */
    private static final int ASKED = 4;

    private final Vertx vertx;
    private final Credentials credentials;
    private final Settings settings;
    private final HttpClientAgent client;
    private final List<Link> links = new ArrayList<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    /** All that is under way, the oldest first. */
    private final Set<Exchange> exchanges = new LinkedHashSet<>();

    private final long sweep;
    private boolean nextIsDue;
    /** Where to look first for a connection. */
    private int turn;

    /**
     * How to talk with the server.
     *
     * @param connections how many
     * @param endpoints where they go to, in turns; empty for the server of the settings
     * @param userAgent tells the server's log who we are
     * @param timeout after which an answer that did not come makes the outcome unknown
     * @param events told on the event loop of what happens to a connection
     */
    public record Settings(
            int connections, List<URI> endpoints, String userAgent, Duration timeout, Consumer<LinkEvent> events) {
        public Settings {
            endpoints = List.copyOf(endpoints);
        }

        /** One connection, for what is not measured. */
        public static Settings single(String userAgent) {
            return new Settings(1, List.of(), userAgent, Duration.ofSeconds(30), event -> {});
        }
    }

    /**
     * Whole answer to a request whose body matters.
     *
     * @param status of HTTP
     * @param retryAfter when the server asks to come back
     */
    public record Answer(int status, Buffer body, Optional<Duration> retryAfter) {
        static Answer of(HttpClientResponse response, Buffer body) {
            int status = response.statusCode();
            return new Answer(
                    status,
                    body,
                    status == THROTTLED
                            ? Status.read(status, response.getHeader("Retry-After"), body)
                                    .retryAfter()
                            : Optional.empty());
        }
    }

    public ApiClient(Vertx vertx, Access access, Settings settings) {
        this.vertx = vertx;
        this.credentials = new Credentials(vertx, access);
        this.settings = settings;
        this.client = Transport.client(vertx, access);
        var endpoints = settings.endpoints().isEmpty() ? List.of(access.server()) : settings.endpoints();
        for (int i = 0; i < settings.connections(); i++) {
            var where = Transport.where(access, endpoints.get(i % endpoints.size()));
            links.add(new Link(vertx, client, where, settings.events()));
        }
        sweep = vertx.setPeriodic(
                SWEEP_MILLIS,
                timer -> giveUp(System.nanoTime() - settings.timeout().toNanos()));
    }

    Vertx vertx() {
        return vertx;
    }

    /** Requests that were sent and not answered, and those that wait for a connection or for room on one. */
    public int inFlight() {
        return exchanges.size();
    }

    /** Sends a request; the handler is told once what became of it, on this event loop. */
    public void send(ApiRequest request, Handler<Outcome> handler) {
        var exchange = new Exchange(this, request, handler);
        exchanges.add(exchange);
        start(exchange);
    }

    /**
     * The whole answer to a request, whatever its status; fails when there is none. After a 429 it is asked again as the
     * server says, some times.
     */
    public Future<Answer> ask(ApiRequest request) {
        return ask(request, 1);
    }

    private Future<Answer> ask(ApiRequest request, int tries) {
        return once(request).compose(answer -> (answer.status() == THROTTLED
                        ? Patience.pause(tries, Patience.asked(answer.retryAfter()))
                        : Optional.<Long>empty())
                .map(millis -> vertx.timer(millis, TimeUnit.MILLISECONDS).compose(waited -> ask(request, tries + 1)))
                .orElseGet(() -> Future.succeededFuture(answer)));
    }

    private Future<Answer> once(ApiRequest request) {
        return stream(request, settings.timeout(), response -> response.body().map(body -> Answer.of(response, body)));
    }

    /** What an answer's head says of the server's time, whatever its status; empty when it says nothing. */
    Future<String> date(ApiRequest request) {
        return stream(request, settings.timeout(), response -> {
            var date = Objects.requireNonNullElse(response.getHeader(HttpHeaders.DATE), "");
            return response.body().map(date);
        });
    }

    /**
     * Sends a request and lets the caller read the answer as it comes. When the server ends the connection and says that it
     * has not looked at the request, as after a 401 to another one, it is sent again on the next.
     *
     * @param idle how long nothing may come; zero for as long as it takes
     * @param reader is given the answer's head on this event loop, and says when it has been read
     */
    <T> Future<T> stream(ApiRequest request, Duration idle, Function<HttpClientResponse, Future<T>> reader) {
        return stream(request, idle, reader, ASKED);
    }

    private <T> Future<T> stream(
            ApiRequest request, Duration idle, Function<HttpClientResponse, Future<T>> reader, int tries) {
        return leastLoaded()
                .up()
                .compose(up -> stream(up, request, idle, reader))
                .recover(cause -> {
                    if (!(cause instanceof UnseenException unseen)) {
                        return Future.failedFuture(cause);
                    }
                    return tries > 1 ? stream(request, idle, reader, tries - 1) : Future.failedFuture(unseen.loss);
                });
    }

    private <T> Future<T> stream(
            Link.Up up, ApiRequest request, Duration idle, Function<HttpClientResponse, Future<T>> reader) {
        up.opened();
        return up.connection()
                .request(options(request, idle))
                .compose(opened -> send(opened, request).recover(cause -> Future.failedFuture(loss(cause, opened, up))))
                .compose(reader)
                .onComplete(ended -> {
                    up.closed();
                    next();
                });
    }

    private static Throwable loss(Throwable cause, HttpClientRequest opened, Link.Up up) {
        return Loss.of(cause, opened.streamId(), up.lastSeen()) instanceof Outcome.NotSent
                ? new UnseenException(cause)
                : cause;
    }

    /** The server has not looked at a request. */
    private static final class UnseenException extends Exception {
        private final Throwable loss;

        UnseenException(Throwable loss) {
            super(text(loss), loss, false, false);
            this.loss = loss;
        }
    }

    static Future<HttpClientResponse> send(HttpClientRequest opened, ApiRequest request) {
        return request.body().map(opened::send).orElseGet(opened::send);
    }

    private Link leastLoaded() {
        var best = links.get(0);
        for (var link : links) {
            if (link.load() < best.load()) {
                best = link;
            }
        }
        return best;
    }

    void start(Exchange exchange) {
        var link = pick();
        if (link == null) {
            waiting.add(exchange);
            return;
        }
        link.up().onComplete(exchange::begin, exchange::unreached);
    }

    /** The connection with the fewest streams that has room, of several the next in turn; one that is down is made again when no other will do. */
    private @Nullable Link pick() {
        Link best = null;
        int first = turn;
        for (int i = 0; i < links.size(); i++) {
            int index = (first + i) % links.size();
            var link = links.get(index);
            if (link.hasRoom() && (best == null || link.load() < best.load())) {
                best = link;
                turn = index + 1;
            }
        }
        return best;
    }

    /**
     * Lets those begin that wait, in the event loop's next turn: when a connection breaks, its streams end before it says
     * that it is lost, and nothing may be begun on it in between.
     */
    void next() {
        if (waiting.isEmpty() || nextIsDue) {
            return;
        }
        nextIsDue = true;
        vertx.runOnContext(turn -> {
            nextIsDue = false;
            while (!waiting.isEmpty() && pick() != null) {
                start(waiting.remove());
            }
        });
    }

    /** It found no room on a connection after all. */
    void putOff(Exchange exchange) {
        waiting.add(exchange);
    }

    void ended(Exchange exchange) {
        exchanges.remove(exchange);
    }

    /** Nothing waits for its answer for longer than the settings say, whatever becomes of its connection. */
    private void giveUp(long begunBefore) {
        while (!exchanges.isEmpty()) {
            var oldest = exchanges.iterator().next();
            if (oldest.begun() - begunBefore > 0) {
                return;
            }
            waiting.remove(oldest);
            oldest.giveUp(settings.timeout());
        }
    }

    RequestOptions options(ApiRequest request, Duration idle) {
        return request.options(settings.userAgent(), credentials.authorization(), idle);
    }

    /** What requests carry from now on; null when a certificate says who we are, or nothing does. */
    @Nullable String authorization() {
        return credentials.authorization();
    }

    /** Whether the credentials are others now. */
    Future<Boolean> renew() {
        return credentials.renew();
    }

    /** Ends all connections; what is under way gets some seconds. */
    public Future<Void> close() {
        credentials.close();
        vertx.cancelTimer(sweep);
        return Future.join(links.stream().map(link -> link.close(GRACE_MILLIS)).toList())
                .timeout(2 * GRACE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .eventually(client::close)
                .mapEmpty();
    }

    static String text(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
