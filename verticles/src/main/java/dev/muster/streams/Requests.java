package dev.muster.streams;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The requests of an iteration, made from templates: to send one is to copy some bytes and to write the ids into them.
 * For one event loop.
 */
final class Requests {
    private static final String EVENTS = "application/vnd.eventstore.events+json";
    private static final String ATOM = "application/vnd.eventstore.atom+json";
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    /** Events of the page that a stream's own address is. */
    private static final int PAGE = 20;

    private final Setup setup;
    private final Template[] appends;
    private final Template stream;
    private final Template[] events;

    /** Bytes with places for ids: the stream's, then the events'. */
    @SuppressWarnings("ArrayRecordComponent") // nobody else sees them
    private record Template(byte[] bytes, int[] places) {
        static Template of(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var places = new int[text.split(NO_ID, -1).length - 1];
            int from = 0;
            for (int i = 0; i < places.length; i++) {
                places[i] = text.indexOf(NO_ID, from);
                from = places[i] + StreamId.LENGTH;
            }
            return new Template(bytes, places);
        }

        Buffer with(StreamId stream, int firstEvent) {
            var copy = Arrays.copyOf(bytes, bytes.length);
            stream.write(copy, places[0]);
            for (int i = 1; i < places.length; i++) {
                stream.event(firstEvent + i - 1).write(copy, places[i]);
            }
            return Buffer.buffer(copy);
        }
    }

    Requests(Setup setup) {
        this.setup = setup;
        this.appends = new Template[setup.appends()];
        for (int i = 0; i < appends.length; i++) {
            appends[i] = append(Math.min(setup.batch(), setup.events() - i * setup.batch()));
        }
        // The original's address where that is the whole stream; a page that is, where it is not.
        this.stream = get(setup.events() > PAGE ? "/head/backward/" + setup.events() : "");
        this.events = new Template[setup.events()];
        for (int i = 0; i < events.length; i++) {
            events[i] = get("/" + i);
        }
    }

    private Template append(int count) {
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            var event = (i == 0 ? "[" : ",") + "{\"eventId\":\"" + NO_ID + "\",\"eventType\":\"muster\",\"data\":"
                    + data() + "}";
            body.writeBytes(event.getBytes(StandardCharsets.US_ASCII));
        }
        var text = body.toString(StandardCharsets.US_ASCII) + "]";
        return Template.of(head("POST", "") + "Content-Type: " + EVENTS + "\r\nContent-Length: " + text.length()
                + "\r\n\r\n" + text);
    }

    private String data() {
        return "{\"pad\":\"" + "x".repeat(setup.eventBytes() - "{\"pad\":\"\"}".length()) + "\"}";
    }

    private Template get(String rest) {
        return Template.of(head("GET", rest) + "Accept: " + ATOM + "\r\n\r\n");
    }

    private String head(String method, String rest) {
        var authorization = setup.authorization();
        return method + " " + setup.url().getRawPath() + "/streams/" + NO_ID + rest + " HTTP/1.1\r\nHost: "
                + setup.url().getRawAuthority() + "\r\n"
                + (authorization == null ? "" : "Authorization: " + authorization + "\r\n");
    }

    /** What the step of an iteration is. */
    Kind kind(int step) {
        if (step < appends.length) {
            return Kind.APPEND;
        }
        return step == appends.length ? Kind.READ_STREAM : Kind.READ_EVENT;
    }

    /** The request of a step. */
    Buffer request(StreamId id, int step) {
        if (step < appends.length) {
            return appends[step].with(id, firstEvent(step));
        }
        return (step == appends.length ? stream : events[step - appends.length - 1]).with(id, 0);
    }

    /** The first event that a step appends. */
    int firstEvent(int append) {
        return append * setup.batch();
    }

    /** How many events a step appends. */
    int count(int append) {
        return Math.min(setup.batch(), setup.events() - firstEvent(append));
    }

    /** A request for the ids of a stream's events from a number on. */
    Buffer page(StreamId id, long from, int count) {
        return get("/" + from + "/forward/" + count + "?embed=rich").with(id, 0);
    }
}
