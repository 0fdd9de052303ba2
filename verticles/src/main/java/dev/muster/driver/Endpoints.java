package dev.muster.driver;

import dev.muster.kube.ApiClient;
import dev.muster.kube.ApiRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The API servers that a driver's connections go to. */
final class Endpoints {
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices"
            + "?labelSelector=kubernetes.io%2Fservice-name%3D" + Driver.SERVICE;

    private Endpoints() {}

    /** An empty one stands for the kubeconfig's server, so that a command line can say so against a variable. */
    static List<String> given(DriverOptions options) {
        return Objects.requireNonNullElse(options.endpoints(), List.<String>of()).stream()
                .filter(each -> !each.isBlank())
                .toList();
    }

    /** Empty for the server of the kubeconfig. */
    static Future<List<URI>> find(DriverOptions options, ApiClient client) {
        var given = given(options);
        if (!given.equals(List.of(Driver.SERVICE))) {
            return Future.succeededFuture(
                    given.stream().map(each -> URI.create("https://" + each)).toList());
        }
        return client.ask(ApiRequest.get(SLICES)).compose(answer -> {
            var found = answer.status() == 200 ? read(answer.body().toJsonObject()) : List.<URI>of();
            return found.isEmpty()
                    ? Future.failedFuture(
                            "--driver-endpoints=kubernetes: the Service has no endpoints that we may see ("
                                    + answer.status() + "); name them")
                    : Future.succeededFuture(found);
        });
    }

    private static List<URI> read(JsonObject slices) {
        var all = new ArrayList<URI>();
        for (var item : slices.getJsonArray("items", new JsonArray())) {
            var slice = (JsonObject) item;
            for (var port : slice.getJsonArray("ports", new JsonArray())) {
                for (var endpoint : slice.getJsonArray("endpoints", new JsonArray())) {
                    for (var address : ((JsonObject) endpoint).getJsonArray("addresses", new JsonArray())) {
                        var host = address.toString().contains(":") ? "[" + address + "]" : address.toString();
                        all.add(URI.create("https://" + host + ":" + ((JsonObject) port).getInteger("port")));
                    }
                }
            }
        }
        return all;
    }
}
