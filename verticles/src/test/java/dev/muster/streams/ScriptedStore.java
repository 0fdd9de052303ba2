package dev.muster.streams;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A small event store in memory that can be told to misbehave. */
final class ScriptedStore implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, List<String>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Predicate<HttpServerRequest> trick = request -> false;
    private final int port;

    ScriptedStore() throws TimeoutException {
        port = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS)
                .actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Requests so far. */
    int requests() {
        return requests.get();
    }

    /** Asks this about every request from now on; true when it has answered or will not be answered. */
    void trick(Predicate<HttpServerRequest> one) {
        trick = one;
    }

    /** Streams and the ids of their events. */
    Map<String, List<String>> streams() {
        return streams;
    }

    private void handle(HttpServerRequest request) {
        requests.incrementAndGet();
        if (trick.test(request)) {
            return;
        }
        var path = request.path().split("/", -1);
        if (request.method().name().equals("POST")) {
            request.body().onSuccess(body -> append(request, path[2], body));
        } else {
            read(request, path);
        }
    }

    private void append(HttpServerRequest request, String stream, Buffer body) {
        var events = streams.computeIfAbsent(stream, made -> new CopyOnWriteArrayList<>());
        int first = events.size();
        new JsonArray(body).forEach(event -> events.add(((JsonObject) event).getString("eventId")));
        request.response()
                .setStatusCode(201)
                .putHeader("Location", url() + "/streams/" + stream + "/" + first)
                .end();
    }

    private void read(HttpServerRequest request, String[] path) {
        var events = streams.get(path[2]);
        boolean one = path.length == 4;
        if (events == null || (one && Integer.parseInt(path[3]) >= events.size())) {
            request.response().setStatusCode(404).end();
            return;
        }
        var entries = new JsonArray();
        events.forEach(id -> entries.add(new JsonObject().put("eventId", id)));
        request.response()
                .end(new JsonObject().put("id", path[2]).put("entries", entries).encode());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
