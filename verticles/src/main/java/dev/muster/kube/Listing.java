package dev.muster.kube;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** A page of a list, as the API server answers it. */
record Listing(JsonObject list) {
    /** Its objects; a list without any may have null there. */
    List<JsonObject> items() {
        var items = Objects.requireNonNullElse(list.getJsonArray("items"), new JsonArray());
        return items.stream().map(JsonObject.class::cast).toList();
    }

    /** What to ask the next page with; empty after the last one. */
    String next() {
        return metadata("continue");
    }

    /** Of the whole list. */
    String resourceVersion() {
        return metadata("resourceVersion");
    }

    private String metadata(String key) {
        return list.getJsonObject("metadata", new JsonObject()).getString(key, "");
    }
}
