package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists all objects of a kind, page by page, by their metadata alone. For the client's event loop. */
final class Lister {
    private static final int PAGE = 500;
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

    private final ApiClient client;
    private final Reflector.Settings settings;

    /**
     * All objects.
     *
     * @param version from which a watch goes on
     */
    record Listed(String version, List<WatchEvent> objects) {}

    Lister(ApiClient client, Reflector.Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    Future<Listed> list() {
        return page("", new ArrayList<>());
    }

    private Future<Listed> page(String next, List<WatchEvent> all) {
        var path = settings.path("limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + escape(next)));
        return client.ask(ApiRequest.get(path, METADATA)).compose(answer -> {
            if (answer.status() != 200) {
                return Future.failedFuture(new RefusedException(answer));
            }
            var page = new Listing(answer.body().toJsonObject());
            page.items().forEach(item -> all.add(event(item)));
            var more = page.next();
            return more.isEmpty() ? Future.succeededFuture(new Listed(page.resourceVersion(), all)) : page(more, all);
        });
    }

    private static WatchEvent event(JsonObject item) {
        var metadata = item.getJsonObject("metadata");
        var annotations = metadata.getJsonObject("annotations", new JsonObject());
        return new WatchEvent(
                WatchEvent.Type.ADDED,
                metadata.getString("namespace", ""),
                metadata.getString("name"),
                metadata.getString("resourceVersion", ""),
                annotations.getString(Annotations.CREATE, ""),
                annotations.getString(Annotations.UPDATE, ""),
                0,
                metadata.getString("creationTimestamp", ""),
                0);
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
