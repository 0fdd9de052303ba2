package dev.muster.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.muster.bus.BusCodecs;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Plain text by default, as the original kits answer, and JSON for {@code Accept: application/json}. */
public final class Answers {
    private static final CharSequence TEXT_TYPE = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence JSON_TYPE = HttpHeaders.createOptimized("application/json");
    private static final ObjectWriter JSON = BusCodecs.mapper(false).writer();

    private Answers() {}

    /** Whether the client asked for JSON. */
    public static boolean wantsJson(RoutingContext context) {
        var accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("application/json");
    }

    /**
     * Ends the response with one form or the other.
     *
     * @param line the plain text, without the last line end
     * @param json makes what the JSON says, only when it is asked for
     */
    public static void send(RoutingContext context, String line, Supplier<? extends Record> json) {
        var response = context.response();
        if (wantsJson(context)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, JSON_TYPE).end(encode(json.get()) + "\n");
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT_TYPE).end(line + "\n");
        }
    }

    /** A record as JSON, with the names of its components. */
    public static String encode(Record value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
