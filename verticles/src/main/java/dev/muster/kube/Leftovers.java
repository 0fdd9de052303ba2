package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Finds objects by their labels, and deletes them. For the client's event loop. */
public final class Leftovers {
    private static final int PAGE = 500;
    private static final int AT_A_TIME = 50;
    private static final int NOT_FOUND = 404;
    /** Names and labels are enough, whatever the objects hold. */
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

    private final ApiClient client;
    private final Resource resource;

    public Leftovers(ApiClient client, Resource resource) {
        this.client = client;
        this.resource = resource;
    }

    /**
     * One object.
     *
     * @param namespace empty when it lives in none
     * @param run its label {@code muster/run}; empty without one
     */
    public record Found(String namespace, String name, String run) {}

    /**
     * All objects with these labels.
     *
     * @param namespace empty for all of them
     * @param selector such as {@code muster/run=x}
     */
    public Future<List<Found>> find(Optional<String> namespace, String selector) {
        return page(namespace, selector, "", new ArrayList<>());
    }

    private Future<List<Found>> page(Optional<String> namespace, String selector, String next, List<Found> all) {
        var path = resource.path(namespace) + "?limit=" + PAGE + "&labelSelector=" + escape(selector)
                + (next.isEmpty() ? "" : "&continue=" + escape(next));
        return client.ask(ApiRequest.get(path, METADATA)).compose(answer -> {
            if (answer.status() != 200) {
                var refused = Status.read(answer.status(), null, answer.body());
                return Future.failedFuture(
                        "can't list " + resource.text() + ": " + answer.status() + " " + refused.message());
            }
            var list = new Listing(answer.body().toJsonObject());
            list.items().forEach(item -> all.add(found(item)));
            var more = list.next();
            return more.isEmpty() ? Future.succeededFuture(all) : page(namespace, selector, more, all);
        });
    }

    private static Found found(JsonObject item) {
        var metadata = item.getJsonObject("metadata");
        var labels = metadata.getJsonObject("labels", new JsonObject());
        return new Found(
                metadata.getString("namespace", ""), metadata.getString("name"), labels.getString("muster/run", ""));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Deletes objects, some at a time; completes with how many are gone. When some stay it tries all the others, and fails
     * with how many stay and why the first does.
     */
    public Future<Integer> delete(List<Found> objects) {
        Promise<Integer> done = Promise.promise();
        var deletion = new Deletion(new ArrayDeque<>(objects), done);
        for (int i = 0; i < Math.min(AT_A_TIME, Math.max(1, objects.size())); i++) {
            deletion.next();
        }
        return done.future();
    }

    private final class Deletion {
        private final Patient patient = new Patient(client, asked -> {});
        private final Queue<Found> left;
        private final Promise<Integer> done;
        private int underWay;
        private int gone;
        private int staying;
        private String why = "";

        Deletion(Queue<Found> left, Promise<Integer> done) {
            this.left = left;
            this.done = done;
        }

        void next() {
            var each = left.poll();
            if (each == null) {
                if (underWay == 0) {
                    end();
                }
                return;
            }
            underWay++;
            var path = resource.path(Optional.of(each.namespace()).filter(name -> !name.isEmpty())) + "/" + each.name();
            patient.send(() -> ApiRequest.delete(path), outcome -> {
                underWay--;
                if (outcome instanceof Outcome.Done
                        || (outcome instanceof Outcome.Refused refused && refused.status() == NOT_FOUND)) {
                    gone++;
                } else {
                    why = staying++ == 0 ? "can't delete " + each.name() + ": " + outcome : why;
                }
                next();
            });
        }

        private void end() {
            if (staying == 0) {
                done.tryComplete(gone);
            } else {
                done.tryFail(staying + " of " + (gone + staying) + " objects stay: " + why);
            }
        }
    }
}
