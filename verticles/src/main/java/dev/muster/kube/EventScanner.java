package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Finds the events in the bytes of a watch, one on each line, however they are cut or merged on their way, and in each the
 * few texts that are measured. Metadata stand before the data of an object, so that of a large one little is looked at. For
 * one thread.
 */
final class EventScanner implements EventDecoder {
    private static final byte[] TYPE = key("type");
    private static final byte[] OBJECT = key("object");
    private static final byte[] METADATA = key("metadata");
    private static final byte[] CODE = key("code");
    private static final byte[] NAME = key("name");
    private static final byte[] NAMESPACE = key("namespace");
    private static final byte[] RESOURCE_VERSION = key("resourceVersion");
    private static final byte[] CREATION = key("creationTimestamp");
    private static final byte[] ANNOTATIONS = key("annotations");

    private final boolean digest;
    private final ByteLine line = new ByteLine();
    /** How far no line break was found. */
    private int searched;

    private String type = "";
    private String namespace = "";
    private String name = "";
    private String resourceVersion = "";
    private String created = "";
    private String updated = "";
    private int code;
    private String creation = "";
    private int objectAt;

    EventScanner(boolean digest) {
        this.digest = digest;
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void feed(Buffer chunk, Consumer<WatchEvent> events) {
        line.append(chunk);
        int from = 0;
        int to = lineEnd();
        while (to >= 0) {
            if (to > from) {
                events.accept(event(from, to));
            }
            from = to + 1;
            to = lineEnd();
        }
        line.cut(from);
        searched -= from;
    }

    private int lineEnd() {
        var bytes = line.bytes();
        for (int i = searched; i < line.length(); i++) {
            if (bytes[i] == '\n') {
                searched = i + 1;
                return i;
            }
        }
        searched = line.length();
        return -1;
    }

    private WatchEvent event(int from, int to) {
        type = namespace = name = resourceVersion = created = updated = creation = "";
        code = 0;
        var json = new JsonBytes(line.bytes(), from, to);
        json.object((keyFrom, keyTo) -> {
            if (json.is(keyFrom, keyTo, TYPE)) {
                type = json.string();
            } else if (json.is(keyFrom, keyTo, OBJECT)) {
                objectAt = json.at();
                return object(json);
            } else {
                json.skip();
            }
            return true;
        });
        return new WatchEvent(
                WatchEvent.Type.valueOf(type),
                namespace,
                name,
                resourceVersion,
                created,
                updated,
                code,
                creation,
                digest ? Digest.of(line.bytes(), objectAt, to) : 0);
    }

    /** Ends behind the metadata when nothing else is wanted, which is not the case for errors. */
    private boolean object(JsonBytes json) {
        return json.object((from, to) -> {
            if (json.is(from, to, METADATA)) {
                metadata(json);
                return type.isEmpty() || type.equals("ERROR");
            } else if (json.is(from, to, CODE)) {
                code = json.number();
            } else {
                json.skip();
            }
            return true;
        });
    }

    private void metadata(JsonBytes json) {
        json.object((from, to) -> {
            if (json.is(from, to, NAME)) {
                name = json.string();
            } else if (json.is(from, to, NAMESPACE)) {
                namespace = json.string();
            } else if (json.is(from, to, RESOURCE_VERSION)) {
                resourceVersion = json.string();
            } else if (json.is(from, to, CREATION)) {
                creation = json.text();
            } else if (json.is(from, to, ANNOTATIONS)) {
                annotations(json);
            } else {
                json.skip();
            }
            return true;
        });
    }

    private void annotations(JsonBytes json) {
        json.object((from, to) -> {
            if (json.is(from, to, Annotations.CREATED)) {
                created = json.string();
            } else if (json.is(from, to, Annotations.UPDATED)) {
                updated = json.string();
            } else {
                json.skip();
            }
            return true;
        });
    }
}
