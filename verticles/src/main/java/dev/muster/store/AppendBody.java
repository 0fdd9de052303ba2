package dev.muster.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.muster.bus.NewEvent;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events out of a request's body. Data and metadata are cut out of it byte by byte as they came: a number keeps
 * all its digits, and nothing is written anew.
 */
final class AppendBody {
    /** A statement has so many placeholders that some 8,000 rows would fill it. */
    private static final int MOST_EVENTS = 1_000;

    private static final int MOST_TYPE = 255;
    private static final int UUID_LENGTH = 36;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] NOTHING = {};

    private final byte[] body;
    private final JsonParser parser;

    private AppendBody(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /**
     * The events of an array.
     *
     * @throws HttpError for what is none
     */
    static List<NewEvent> events(byte[] body) {
        try (var parser = FACTORY.createParser(body)) {
            var events = new AppendBody(body, parser).array();
            var ids = new HashSet<String>();
            for (var event : events) {
                if (!ids.add(event.id())) {
                    throw invalid("eventId " + event.id() + " is there twice");
                }
            }
            return events;
        } catch (IOException e) {
            throw invalid("the body is not JSON");
        }
    }

    /** The one event whose data are the body. */
    static NewEvent event(byte[] body, boolean json, String id, String type) {
        if (json) {
            requireJson(body);
        }
        return new NewEvent(id(id), type(type), json, body, NOTHING);
    }

    private static void requireJson(byte[] body) {
        try (var parser = FACTORY.createParser(body)) {
            if (parser.nextToken() == null) {
                throw invalid("the body is empty");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw invalid("the body is more than one JSON value");
            }
        } catch (IOException e) {
            throw invalid("the body is not JSON");
        }
    }

    private List<NewEvent> array() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw invalid("the body is not an array of events");
        }
        var events = new ArrayList<NewEvent>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            events.add(object());
            if (events.size() > MOST_EVENTS) {
                throw invalid("more than " + MOST_EVENTS + " events in one append");
            }
        }
        if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
            throw invalid("the body is not an array of events alone");
        }
        if (events.isEmpty()) {
            throw invalid("there are no events");
        }
        return events;
    }

    private NewEvent object() throws IOException {
        String id = null;
        String type = null;
        var data = NOTHING;
        var metadata = NOTHING;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "eventId" -> id = parser.getValueAsString();
                case "eventType" -> type = parser.getValueAsString();
                case "data" -> data = value();
                case "metadata" -> metadata = value();
                default -> parser.skipChildren();
            }
        }
        return new NewEvent(id(id), type(type), true, data, metadata);
    }

    /** The bytes of the value that begins here. */
    private byte[] value() throws IOException {
        long from = parser.currentTokenLocation().getByteOffset();
        boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
        parser.skipChildren();
        parser.finishToken();
        long to = parser.currentLocation().getByteOffset();
        if (from < 0 || to > body.length) {
            throw invalid("the body is not UTF-8");
        }
        return absent ? NOTHING : Arrays.copyOfRange(body, (int) from, (int) to);
    }

    /** The id in lower case. */
    static String id(@Nullable String given) {
        if (given == null || given.length() != UUID_LENGTH) {
            throw invalid("eventId must be a UUID");
        }
        try {
            var id = UUID.fromString(given);
            if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0) {
                throw invalid("eventId must not be the empty UUID");
            }
            return id.toString();
        } catch (IllegalArgumentException malformed) {
            throw invalid("eventId must be a UUID, not '" + Params.shown(given) + "'");
        }
    }

    private static String type(@Nullable String given) {
        if (given == null || given.isEmpty()) {
            throw invalid("Must include an event type with the request either in body or as ES-EventType header");
        }
        if (given.length() > MOST_TYPE) {
            throw invalid("eventType has more than " + MOST_TYPE + " characters");
        }
        return given;
    }

    private static HttpError invalid(String why) {
        return new HttpError(400, "Write request body invalid: " + why, "");
    }
}
