package dev.muster.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.muster.bus.StreamPage;
import dev.muster.bus.StreamPage.StreamEvent;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * A stream, or one event of it, as an Atom document in JSON: the form and the links of EventStoreDB's documentation of
 * its HTTP API, which follow RFC 4287 and RFC 5005.
 *
 * @param url of the stream
 * @param stream its name
 * @param embed how much of each event is in a feed
 */
record Feed(String url, String stream, Embed embed) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String AUTHOR = "EventStore";
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    /** How much of each event is in a feed. */
    enum Embed {
        /** Links alone. */
        NONE,
        /** What kind of event it is. */
        RICH,
        /** That, and its data. */
        BODY;

        /** As the parameter {@code embed} says; what it does not know embeds nothing, as the original has it. */
        static Embed of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "rich" -> RICH;
                case "body", "prettybody", "tryharder" -> BODY;
                default -> NONE;
            };
        }
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static Buffer json(Body body) {
        var bytes = new ByteArrayOutputStream(2_048);
        try (var json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /**
     * A page of the stream.
     *
     * @param asked how it was asked for
     * @param eTag of the stream's head, where the page is that
     */
    Buffer page(StreamPage page, PageRequest asked, String eTag) {
        return json(json -> {
            var events = page.events();
            json.writeStringField("title", "Event stream '" + stream + "'");
            json.writeStringField("id", url);
            json.writeStringField("updated", events.isEmpty() ? NEVER.toString() : updated(events.get(0)));
            json.writeStringField("streamId", stream);
            author(json);
            json.writeBooleanField("headOfStream", asked.isHead());
            if (asked.isHead()) {
                json.writeStringField("selfUrl", url);
                json.writeStringField("eTag", eTag);
            }
            links(json, page, asked);
            json.writeArrayFieldStart("entries");
            for (var event : events) {
                json.writeStartObject();
                entry(json, event);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void links(JsonGenerator json, StreamPage page, PageRequest asked) throws IOException {
        var events = page.events();
        int count = asked.count();
        boolean empty = events.isEmpty();
        long lowest = empty
                ? Math.min(asked.from(), page.head() + 1)
                : events.get(events.size() - 1).number();
        json.writeArrayFieldStart("links");
        link(json, url, "self");
        link(json, url + "/head/backward/" + count, "first");
        if (lowest > page.first()) {
            link(json, url + "/" + page.first() + "/forward/" + count, "last");
            link(json, url + "/" + (lowest - 1) + "/backward/" + count, "next");
        }
        if (!empty) {
            link(json, url + "/" + (events.get(0).number() + 1) + "/forward/" + count, "previous");
        }
        json.writeEndArray();
    }

    /** One event alone, with its data. */
    Buffer event(StreamEvent event) {
        return json(json -> {
            atom(json, event);
            json.writeObjectFieldStart("content");
            json.writeStringField("eventStreamId", stream);
            json.writeNumberField("eventNumber", event.number());
            json.writeStringField("eventType", event.event().type());
            json.writeStringField("eventId", event.event().id());
            json.writeFieldName("data");
            raw(json, event.event().data(), event.event().json());
            json.writeFieldName("metadata");
            raw(json, event.event().metadata(), true);
            json.writeEndObject();
            eventLinks(json, event);
        });
    }

    private static void raw(JsonGenerator json, byte[] value, boolean isJson) throws IOException {
        if (value.length == 0) {
            json.writeString("");
        } else if (isJson) {
            json.writeRawValue(text(value));
        } else {
            json.writeBinary(value);
        }
    }

    private void entry(JsonGenerator json, StreamEvent event) throws IOException {
        if (embed != Embed.NONE) {
            json.writeStringField("eventId", event.event().id());
            json.writeStringField("eventType", event.event().type());
            json.writeNumberField("eventNumber", event.number());
            if (embed == Embed.BODY) {
                body(json, event);
            }
            json.writeStringField("streamId", stream);
            json.writeBooleanField("isJson", event.event().json());
            json.writeBooleanField("isMetaData", false);
            json.writeBooleanField("isLinkMetaData", false);
            json.writeNumberField("positionEventNumber", event.number());
            json.writeStringField("positionStreamId", stream);
        }
        atom(json, event);
        eventLinks(json, event);
    }

    /** Data in a feed are a text, whatever they are. */
    private static void body(JsonGenerator json, StreamEvent event) throws IOException {
        var data = event.event().data();
        if (event.event().json()) {
            json.writeStringField("data", text(data));
        } else {
            json.writeBinaryField("data", data);
        }
        if (event.event().metadata().length > 0) {
            json.writeStringField("metaData", text(event.event().metadata()));
        }
    }

    private void atom(JsonGenerator json, StreamEvent event) throws IOException {
        json.writeStringField("title", event.number() + "@" + stream);
        json.writeStringField("id", url + "/" + event.number());
        json.writeStringField("updated", updated(event));
        author(json);
        json.writeStringField("summary", event.event().type());
    }

    private void eventLinks(JsonGenerator json, StreamEvent event) throws IOException {
        json.writeArrayFieldStart("links");
        link(json, url + "/" + event.number(), "edit");
        link(json, url + "/" + event.number(), "alternate");
        json.writeEndArray();
    }

    private static void author(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("author");
        json.writeStringField("name", AUTHOR);
        json.writeEndObject();
    }

    private static void link(JsonGenerator json, String uri, String relation) throws IOException {
        json.writeStartObject();
        json.writeStringField("uri", uri);
        json.writeStringField("relation", relation);
        json.writeEndObject();
    }

    /** What a stream can be read as. */
    Buffer description() {
        return json(json -> {
            json.writeStringField("title", "Description document for '" + stream + "'");
            json.writeStringField(
                    "description",
                    "The description document will be presented when no accept header is present or it was requested");
            json.writeObjectFieldStart("_links");
            described(json, "self", MediaType.DESCRIPTION);
            described(json, "stream", MediaType.EVENTSTORE_ATOM, MediaType.ATOM, MediaType.JSON);
            json.writeEndObject();
        });
    }

    private void described(JsonGenerator json, String relation, MediaType... types) throws IOException {
        json.writeObjectFieldStart(relation);
        json.writeStringField("href", url);
        json.writeArrayFieldStart("supportedContentTypes");
        for (var type : types) {
            json.writeString(type.text());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String updated(StreamEvent event) {
        return Instant.EPOCH.plusNanos(1_000 * event.createdMicros()).toString();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
