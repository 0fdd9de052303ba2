package dev.muster.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** Reads the feeds that a store answers with. */
final class Feeds {
    private Feeds() {}

    static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    /** Of its entries, in their order. */
    static List<String> titles(JsonObject feed) {
        return objects(feed.getJsonArray("entries"))
                .map(entry -> entry.getString("title"))
                .toList();
    }

    /** Each as its relation and its address. */
    static List<String> links(JsonObject feed) {
        return objects(feed.getJsonArray("links"))
                .map(link -> link.getString("relation") + " " + link.getString("uri"))
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
