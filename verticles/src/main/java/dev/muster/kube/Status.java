package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what an API server answers when it refuses a request: an object of kind {@code Status}. */
final class Status {
    private static final int LONGEST_MESSAGE = 500;

    private Status() {}

    /** @param retryAfter the header of that name, in seconds, where there is one */
    static Outcome.Refused read(int status, @Nullable String retryAfter, Buffer body) {
        var json = parse(body);
        var details = json.getValue("details") instanceof JsonObject object ? object : new JsonObject();
        var seconds = Optional.ofNullable(seconds(retryAfter))
                .or(() -> Optional.ofNullable(details.getInteger("retryAfterSeconds")));
        return new Outcome.Refused(
                status,
                json.getString("reason", ""),
                shorten(json.getString("message", body.toString().strip())),
                seconds.map(Duration::ofSeconds));
    }

    private static JsonObject parse(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException noStatus) {
            return new JsonObject();
        }
    }

    /** Null for a date, which no API server sends. */
    private static @Nullable Integer seconds(@Nullable String header) {
        return header != null && header.matches("\\d{1,9}") ? Integer.valueOf(header) : null;
    }

    private static String shorten(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }
}
