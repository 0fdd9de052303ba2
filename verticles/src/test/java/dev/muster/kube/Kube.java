package dev.muster.kube;

import dev.muster.testing.ApiServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of a real API server, on an event loop of its own, for a test that may block. */
final class Kube implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    final List<LinkEvent> events = new CopyOnWriteArrayList<>();
    final ApiClient client;

    Kube(Access access, int connections, Duration timeout) throws TimeoutException {
        client = on(() -> new ApiClient(
                vertx, access, new ApiClient.Settings(connections, List.<URI>of(), "test", timeout, events::add)));
    }

    Vertx vertx() {
        return vertx;
    }

    /** The administrator of the server that all tests share. */
    static Kube shared() throws IOException, TimeoutException {
        return new Kube(access(ApiServer.shared()), 2, Duration.ofSeconds(30));
    }

    static Access access(LocalServer server) throws IOException {
        return access(server.kubeconfig());
    }

    static Access access(Path kubeconfig) throws IOException {
        return Access.load(options(kubeconfig, null), Map.of());
    }

    /** Another user of a server, with a token or none. */
    static Access access(LocalServer server, String token, Path folder) throws IOException {
        var text = Files.readString(server.kubeconfig()).replace(server.token(), token);
        return Access.load(options(Files.writeString(folder.resolve("kubeconfig"), text), null), Map.of());
    }

    static KubeOptions options(@Nullable Path kubeconfig, @Nullable String context) {
        return options(kubeconfig, context, null, false);
    }

    static KubeOptions options(
            @Nullable Path kubeconfig, @Nullable String context, @Nullable String server, boolean insecure) {
        return new KubeOptions() {
            @Override
            public @Nullable Path kubeconfig() {
                return kubeconfig;
            }

            @Override
            public @Nullable String context() {
                return context;
            }

            @Override
            public @Nullable String server() {
                return server;
            }

            @Override
            public boolean insecure() {
                return insecure;
            }
        };
    }

    Outcome send(ApiRequest request) throws TimeoutException {
        return begin(request).await(60, TimeUnit.SECONDS);
    }

    Future<Outcome> begin(ApiRequest request) {
        Promise<Outcome> told = Promise.promise();
        context.runOnContext(go -> client.send(request, told::complete));
        return told.future();
    }

    ApiClient.Answer ask(ApiRequest request) throws TimeoutException {
        return await(() -> client.ask(request));
    }

    JsonObject json(String path) throws TimeoutException {
        return ask(ApiRequest.get(path)).body().toJsonObject();
    }

    /** Makes a namespace for one test. */
    void namespace(String name) throws TimeoutException {
        var body = new JsonObject().put("metadata", new JsonObject().put("name", name));
        send(ApiRequest.create("/api/v1/namespaces", body.toBuffer()));
    }

    /** A token for a new service account, which may do nothing but what everybody may. */
    String serviceAccount(String namespace, String name) throws TimeoutException {
        var accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
        send(ApiRequest.create(
                accounts,
                new JsonObject()
                        .put("metadata", new JsonObject().put("name", name))
                        .toBuffer()));
        var request = Buffer.buffer("{\"spec\":{\"expirationSeconds\":3600}}");
        return ask(ApiRequest.create(accounts + "/" + name + "/token", request))
                .body()
                .toJsonObject()
                .getJsonObject("status")
                .getString("token");
    }

    /** What a call on the event loop gives in the end. */
    <T> T await(Callable<Future<T>> call) throws TimeoutException {
        Promise<T> done = Promise.promise();
        context.runOnContext(go -> {
            try {
                call.call().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future().await(60, TimeUnit.SECONDS);
    }

    private <T> T on(Callable<T> call) throws TimeoutException {
        return await(() -> Future.succeededFuture(call.call()));
    }

    @Override
    public void close() throws TimeoutException {
        await(client::close);
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
