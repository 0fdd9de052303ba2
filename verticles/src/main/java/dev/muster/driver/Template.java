package dev.muster.driver;

import dev.muster.kube.Resource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The bodies of a driver's requests, cut once into the bytes that never change and the places where name, time and payload
 * go, so that a request costs some copies and no JSON. For one thread.
 */
final class Template {
    /** What a user's template has where the payload goes. */
    static final String PAYLOAD = "${payload}";

    static final String CREATED = "scaletest/createTimestamp";
    static final String UPDATED = "scaletest/updateTimestamp";

    // Letters that no template has, and that JSON writes as they are.
    private static final String NAME_MARK = "muster-mark-name";
    private static final String TIME_MARK = "muster-mark-time";

    private final List<Part> create;
    private final List<Part> patch;

    /** A piece of a body. */
    private sealed interface Part {}

    private record Fixed(Buffer bytes) implements Part {}

    private enum Hole implements Part {
        NAME,
        TIME
    }

    private Template(List<Part> create, List<Part> patch) {
        this.create = create;
        this.patch = patch;
    }

    /**
     * The bodies for objects like this one.
     *
     * @param object as a user wrote it, with {@link #PAYLOAD} in it
     * @param labels that each object carries beside its own
     */
    static Template of(JsonObject object, Resource resource, Map<String, String> labels, Payload payload) {
        var created = object.copy().put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        var metadata = created.getJsonObject("metadata", new JsonObject());
        created.put("metadata", metadata);
        metadata.put("name", NAME_MARK);
        put(metadata, "labels", labels);
        put(metadata, "annotations", Map.of(CREATED, TIME_MARK));
        var patched = payloadAlone(object);
        put(metadata(patched), "annotations", Map.of(UPDATED, TIME_MARK));
        return new Template(cut(created, payload.create()), cut(patched, payload.update()));
    }

    /**
     * How long the payloads are.
     *
     * @param create bytes of a new object's
     * @param update bytes of a patched one's
     */
    record Payload(int create, int update) {}

    private static void put(JsonObject metadata, String key, Map<String, String> values) {
        var all = metadata.getJsonObject(key, new JsonObject());
        values.forEach(all::put);
        metadata.put(key, all);
    }

    private static JsonObject metadata(JsonObject object) {
        var metadata = object.getJsonObject("metadata", new JsonObject());
        object.put("metadata", metadata);
        return metadata;
    }

    /** What of an object holds the payload: a merge patch leaves all else as it is. A list is replaced in whole. */
    private static JsonObject payloadAlone(JsonObject object) {
        var kept = new JsonObject();
        for (var entry : object) {
            var value = entry.getValue();
            if (value instanceof JsonObject inner) {
                var rest = payloadAlone(inner);
                if (!rest.isEmpty()) {
                    kept.put(entry.getKey(), rest);
                }
            } else if (value instanceof JsonArray list && list.encode().contains(PAYLOAD)) {
                kept.put(entry.getKey(), list.copy());
            } else if (value instanceof String text && text.contains(PAYLOAD)) {
                kept.put(entry.getKey(), text);
            }
        }
        return kept;
    }

    private static List<Part> cut(JsonObject object, int payloadBytes) {
        var payload = new byte[payloadBytes];
        Arrays.fill(payload, (byte) 'x');
        var text = object.encode().replace(PAYLOAD, new String(payload, StandardCharsets.US_ASCII));
        var parts = new ArrayList<Part>();
        while (true) {
            int name = position(text, NAME_MARK);
            int time = position(text, TIME_MARK);
            int first = Math.min(name, time);
            if (first == Integer.MAX_VALUE) {
                parts.add(fixed(text));
                return parts;
            }
            parts.add(fixed(text.substring(0, first)));
            parts.add(first == name ? Hole.NAME : Hole.TIME);
            text = text.substring(first + (first == name ? NAME_MARK : TIME_MARK).length());
        }
    }

    private static int position(String text, String mark) {
        int position = text.indexOf(mark);
        return position < 0 ? Integer.MAX_VALUE : position;
    }

    private static Fixed fixed(String text) {
        return new Fixed(Buffer.buffer(text));
    }

    /** The body that creates an object. */
    Buffer create(String name, String time) {
        return fill(create, name, time);
    }

    /** The merge patch that changes the payload, and says when. */
    Buffer patch(String time) {
        return fill(patch, "", time);
    }

    private static Buffer fill(List<Part> parts, String name, String time) {
        var body = Buffer.buffer();
        for (var part : parts) {
            if (part instanceof Fixed fixed) {
                body.appendBuffer(fixed.bytes());
            } else {
                body.appendString(part == Hole.NAME ? name : time);
            }
        }
        return body;
    }
}
