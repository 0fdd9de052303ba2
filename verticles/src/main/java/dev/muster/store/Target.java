package dev.muster.store;

import dev.muster.bus.Append;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The stream that a request speaks of. */
record Target(String stream, HttpServerRequest request) {
    private static final int MOST_NAME = 255;

    /**
     * Of a path that begins with {@code /streams/:stream}.
     *
     * @throws HttpError for a name that no stream has
     */
    static Target of(RoutingContext context) {
        var stream = context.pathParam("stream");
        if (stream.length() > MOST_NAME) {
            throw new HttpError(400, "the stream's name has more than " + MOST_NAME + " characters", "");
        }
        if (stream.startsWith("$")) {
            throw new HttpError(401, "streams that begin with $ belong to the system", "choose another name");
        }
        return new Target(stream, context.request());
    }

    /** The stream's address as the client named it. */
    String url() {
        var authority = request.authority();
        var host = authority == null ? request.localAddress().toString() : authority.toString();
        return request.scheme() + "://" + host + "/streams/"
                + URLEncoder.encode(stream, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What {@code ES-ExpectedVersion} says. */
    long expected() {
        var given = request.getHeader("ES-ExpectedVersion");
        if (given == null) {
            return Append.ANY;
        }
        try {
            long expected = Long.parseLong(given.strip());
            if (expected >= -1 || expected == Append.ANY || expected == Append.EXISTING) {
                return expected;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        throw new HttpError(
                400,
                "ES-ExpectedVersion must be the number of the last event, or -1, -2 or -4, not '" + Params.shown(given)
                        + "'",
                "");
    }

    /** A whole number in the path; null when there is none of that name. */
    @Nullable Long number(RoutingContext context, String name, long most) {
        var given = context.pathParam(name);
        if (given == null) {
            return null;
        }
        try {
            long number = Long.parseLong(given);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        throw new HttpError(
                400, name + " must be a whole number from 0 to " + most + ", not '" + Params.shown(given) + "'", "");
    }
}
