package dev.muster.driver;

import dev.muster.kube.KubeOptions;
import dev.muster.testing.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** An API server that has ConfigMaps alone, and does with a write what a test says. */
final class ScriptedApi implements AutoCloseable {
    private final Set<String> objects = ConcurrentHashMap.newKeySet();
    private final Script script;
    private final ScriptedServer server;

    /** What becomes of a write. */
    interface Script {
        /**
         * On the server's event loop.
         *
         * @param name of the object
         * @param usual does what is asked for, and answers
         */
        void write(HttpServerRequest request, String name, Runnable usual);
    }

    ScriptedApi(Path folder, Script script) throws Exception {
        this.script = script;
        this.server = new ScriptedServer(folder, request -> request.body().onSuccess(body -> take(request, body)));
    }

    KubeOptions options() throws IOException {
        return Options.kube(server.kubeconfig());
    }

    /** The names of all objects. */
    Set<String> objects() {
        return Set.copyOf(objects);
    }

    /** That the object is there from now on, whatever was answered. */
    void make(String name) {
        objects.add(name);
    }

    /** An answer without anything done. */
    static void answer(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end("{}");
    }

    /** An answer 429. */
    static void putOff(HttpServerRequest request, int seconds) {
        request.response().putHeader("Retry-After", String.valueOf(seconds));
        answer(request, 429);
    }

    /** Does something later. */
    static void after(long millis, Runnable action) {
        var context = Vertx.currentContext();
        if (context == null) {
            throw new IllegalStateException("not on an event loop");
        }
        context.owner().setTimer(millis, timer -> action.run());
    }

    private void take(HttpServerRequest request, Buffer body) {
        if (request.path().endsWith("/selfsubjectaccessreviews")) {
            request.response().setStatusCode(201).end("{\"status\":{\"allowed\":true}}");
        } else if (request.method().equals(HttpMethod.GET)) {
            request.response().end(request.path().endsWith("/configmaps") ? list() : "{}");
        } else {
            boolean create = request.method().equals(HttpMethod.POST);
            var name = create
                    ? body.toJsonObject().getJsonObject("metadata").getString("name")
                    : request.path().substring(request.path().lastIndexOf('/') + 1);
            script.write(request, name, () -> answer(request, create ? created(name) : deleted(name)));
        }
    }

    private int created(String name) {
        return objects.add(name) ? 201 : 409;
    }

    private int deleted(String name) {
        return objects.remove(name) ? 200 : 404;
    }

    private String list() {
        var items = new JsonArray();
        objects.forEach(name -> items.add(new JsonObject()
                .put("metadata", new JsonObject().put("name", name).put("namespace", "scaletest"))));
        return new JsonObject().put("items", items).encode();
    }

    @Override
    public void close() throws TimeoutException {
        server.close();
    }
}
