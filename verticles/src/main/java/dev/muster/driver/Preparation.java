package dev.muster.driver;

import dev.muster.driver.DriverOptions.Mode;
import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.kube.Discovery;
import dev.muster.kube.Namespaces;
import dev.muster.kube.Permission;
import dev.muster.kube.Resource;
import dev.muster.kube.Review;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a driver finds out before it loads a server: what it is to make, whether it may, where. Each failure says what to do.
 */
final class Preparation {
    private final Vertx vertx;
    private final Access access;
    private final Setup setup;
    private final DriverOptions options;
    private final ApiClient client;

    /**
     * All is as it has to be.
     *
     * @param endpoints empty for the kubeconfig's server
     */
    record Ready(Resource resource, Template template, List<URI> endpoints) {}

    Preparation(Vertx vertx, Access access, Setup setup) {
        this.vertx = vertx;
        this.access = access;
        this.setup = setup;
        this.options = setup.options();
        this.client = new ApiClient(vertx, access, ApiClient.Settings.single("muster-driver"));
    }

    Future<Ready> prepare() {
        return resource()
                .compose(resource -> allowed(resource)
                        .compose(allowed -> new Namespaces(client).ensure(options.namespace()))
                        .compose(there -> Templates.find(vertx, options, resource))
                        .compose(object -> Endpoints.find(options, client)
                                .map(endpoints -> new Ready(
                                        resource,
                                        Template.of(object, resource, setup.labels(), setup.payload()),
                                        endpoints))))
                .recover(cause -> Future.failedFuture(
                        "API server " + access.server() + " (" + access.text() + "): " + cause.getMessage()))
                .eventually(client::close);
    }

    private Future<Resource> resource() {
        return options.resource().equals(Resource.CONFIG_MAPS.plural())
                ? Future.succeededFuture(Resource.CONFIG_MAPS)
                : new Discovery(client).find(options.resource());
    }

    private Future<Void> allowed(Resource resource) {
        var verbs = new ArrayList<>(List.of("create", "delete", "list"));
        if (options.mode() == Mode.CLOSED && !options.createOnly() && options.updates() > 0) {
            verbs.add("patch");
        }
        var wanted = verbs.stream()
                .map(verb -> Permission.of(verb, resource, options.namespace()))
                .toList();
        return new Review(client)
                .missing(wanted)
                .compose(missing -> missing.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Permission.missing(missing)));
    }
}
