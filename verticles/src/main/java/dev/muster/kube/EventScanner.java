package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the events in the bytes of a watch, one on each line, however they are cut or merged on their way, and in each the
 * few texts that are measured. Metadata stand before the data of an object, so that of a large one little is looked at. For
 * one thread.
 */
final class EventScanner {
    private static final int SMALL = 1 << 16;

    private static final byte[] TYPE = key("type");
    private static final byte[] OBJECT = key("object");
    private static final byte[] METADATA = key("metadata");
    private static final byte[] CODE = key("code");
    private static final byte[] NAME = key("name");
    private static final byte[] NAMESPACE = key("namespace");
    private static final byte[] RESOURCE_VERSION = key("resourceVersion");
    private static final byte[] ANNOTATIONS = key("annotations");
    private static final byte[] CREATED = key("scaletest/createTimestamp");
    private static final byte[] UPDATED = key("scaletest/updateTimestamp");

    private byte[] bytes = new byte[SMALL];
    private int length;
    /** How far no line break was found. */
    private int searched;

    private String type = "";
    private String namespace = "";
    private String name = "";
    private String resourceVersion = "";
    private String created = "";
    private String updated = "";
    private int code;

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes in the next bytes, and passes on each event that is complete.
     *
     * @throws IllegalArgumentException when a line is no event
     */
    void feed(Buffer chunk, Consumer<WatchEvent> events) {
        append(chunk);
        int from = 0;
        int to = lineEnd();
        while (to >= 0) {
            if (to > from) {
                events.accept(event(from, to));
            }
            from = to + 1;
            to = lineEnd();
        }
        System.arraycopy(bytes, from, bytes, 0, length - from);
        length -= from;
        searched -= from;
        if (length == 0 && bytes.length > SMALL) {
            bytes = new byte[SMALL];
        }
    }

    /** Bytes of an event that is not complete. */
    int pending() {
        return length;
    }

    private void append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        chunk.getBytes(bytes, length);
        length = needed;
    }

    private int lineEnd() {
        for (int i = searched; i < length; i++) {
            if (bytes[i] == '\n') {
                searched = i + 1;
                return i;
            }
        }
        searched = length;
        return -1;
    }

    private WatchEvent event(int from, int to) {
        type = namespace = name = resourceVersion = created = updated = "";
        code = 0;
        var json = new JsonBytes(bytes, from, to);
        json.object((keyFrom, keyTo) -> {
            if (json.is(keyFrom, keyTo, TYPE)) {
                type = json.string();
            } else if (json.is(keyFrom, keyTo, OBJECT)) {
                return object(json);
            } else {
                json.skip();
            }
            return true;
        });
        return new WatchEvent(WatchEvent.Type.valueOf(type), namespace, name, resourceVersion, created, updated, code);
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
            if (json.is(from, to, CREATED)) {
                created = json.string();
            } else if (json.is(from, to, UPDATED)) {
                updated = json.string();
            } else {
                json.skip();
            }
            return true;
        });
    }
}
