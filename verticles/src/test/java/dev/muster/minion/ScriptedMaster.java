package dev.muster.minion;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A real HTTP server that answers as the test says, and remembers what it was asked. */
final class ScriptedMaster {
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final HttpServer server;

    /** One request. */
    record Asked(String path, io.vertx.core.MultiMap query, long nanoTime) {
        String get(String parameter) {
            return query.contains(parameter) ? query.get(parameter) : "";
        }
    }

    /** How a request is answered. */
    interface Script {
        void answer(HttpServerRequest request, Asked asked, int index);
    }

    private ScriptedMaster(HttpServer server) {
        this.server = server;
    }

    /** @param script is given how many requests to the same path came before */
    static ScriptedMaster start(Vertx vertx, Script script) throws Exception {
        return start(vertx, "127.0.0.1", script);
    }

    static ScriptedMaster start(Vertx vertx, String address, Script script) throws Exception {
        var server = vertx.createHttpServer();
        var master = new ScriptedMaster(server);
        server.connectionHandler(connection -> {
                    int now = master.open.incrementAndGet();
                    master.mostOpen.accumulateAndGet(now, Math::max);
                    connection.closeHandler(closed -> master.open.decrementAndGet());
                })
                .requestHandler(request -> {
                    int index = master.at(request.path()).size();
                    var asked = new Asked(request.path(), request.params(), System.nanoTime());
                    master.asked.add(asked);
                    script.answer(request, asked, index);
                })
                .listen(0, address)
                .await(10, TimeUnit.SECONDS);
        return master;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    List<Asked> at(String path) {
        return which(one -> one.path().equals(path));
    }

    List<Asked> which(Predicate<Asked> wanted) {
        return asked.stream().filter(wanted).toList();
    }

    /** The most connections that were open at the same time. */
    int mostOpen() {
        return mostOpen.get();
    }

    /** Waits for what comes soon on an idle machine, and must come on a busy one. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    static void ok(HttpServerRequest request, String text) {
        request.response().end(text);
    }

    static void status(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end("status " + status);
    }
}
