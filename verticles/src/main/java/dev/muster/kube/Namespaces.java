package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Makes sure that a namespace is there. */
public final class Namespaces {
    private static final String PATH = "/api/v1/namespaces";

    private final ApiClient client;

    public Namespaces(ApiClient client) {
        this.client = client;
    }

    /** Creates it when it is missing; fails with what to do when we may not. */
    public Future<Void> ensure(String name) {
        return client.ask(ApiRequest.get(PATH + "/" + name)).compose(answer -> switch (answer.status()) {
            case 200 -> Future.succeededFuture();
            // Who may not look at a namespace may well work in it: the first object will tell.
            case 403 -> Future.succeededFuture();
            case 404 -> create(name);
            default -> Future.failedFuture("can't look at namespace " + name + ": " + refusal(answer));
        });
    }

    private Future<Void> create(String name) {
        var body = new JsonObject().put("metadata", new JsonObject().put("name", name));
        return client.ask(ApiRequest.create(PATH, body.toBuffer())).compose(answer -> switch (answer.status()) {
            // 404: an aggregated server, asked straight, knows no namespaces, and takes objects of any.
            case 201, 404, 409 -> Future.succeededFuture();
            case 403 ->
                Future.failedFuture("there is no namespace " + name + ", and we are "
                        + Permission.missing(List.of(new Permission("create", "", "namespaces", "")))
                        + "; or have it made: kubectl create namespace " + name);
            default -> Future.failedFuture("can't create namespace " + name + ": " + refusal(answer));
        });
    }

    private static String refusal(ApiClient.Answer answer) {
        return answer.status() + " "
                + Status.read(answer.status(), null, answer.body()).message();
    }
}
