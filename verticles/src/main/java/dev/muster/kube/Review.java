package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Asks the API server what we may do (SelfSubjectAccessReview), which everybody may ask. */
public final class Review {
    private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final ApiClient client;

    public Review(ApiClient client) {
        this.client = client;
    }

    /** Those that we don't have. Fails when the server does not say, as when it does not know who we are. */
    public Future<List<Permission>> missing(Collection<Permission> wanted) {
        var asked = wanted.stream().map(this::allowed).toList();
        return Future.all(asked).map(all -> {
            var missing = new ArrayList<Permission>();
            int i = 0;
            for (var each : wanted) {
                if (!all.<Boolean>resultAt(i++)) {
                    missing.add(each);
                }
            }
            return missing;
        });
    }

    private Future<Boolean> allowed(Permission permission) {
        var parts = permission.resource().split("/", 2);
        var attributes = new JsonObject()
                .put("verb", permission.verb())
                .put("group", permission.group())
                .put("resource", parts[0])
                .put("subresource", parts.length > 1 ? parts[1] : "")
                .put("namespace", permission.namespace());
        var review = new JsonObject()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", "SelfSubjectAccessReview")
                .put("spec", new JsonObject().put("resourceAttributes", attributes));
        return client.ask(ApiRequest.create(PATH, review.toBuffer())).compose(answer -> {
            if (answer.status() == 401) {
                return Future.failedFuture("the API server does not know who we are (401 Unauthorized): the token or"
                        + " certificate of the kubeconfig is wrong or has expired; log in again");
            } else if (answer.status() == 404) {
                return Future.succeededFuture(true); // an aggregated server, asked straight: it will say no itself
            } else if (answer.status() != 201) {
                return Future.failedFuture("the API server does not say what we may do: " + answer.status() + " "
                        + Status.read(answer.status(), null, answer.body()).message());
            }
            return Future.succeededFuture(
                    answer.body().toJsonObject().getJsonObject("status").getBoolean("allowed", false));
        });
    }
}
