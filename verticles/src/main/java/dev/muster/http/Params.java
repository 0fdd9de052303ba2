package dev.muster.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, from its query and its JSON body, checked as they are read. Every wrong one is noted;
 * {@link #check} then refuses the request with all of them, each with its name and its range.
 */
public final class Params {
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    private Params(Map<String, String> values) {
        this.values = values;
    }

    /**
     * The parameters of the query, the first one of each name, and of the body's top level when it is a JSON object; the
     * body wins.
     */
    public static Params of(RoutingContext context) {
        var values = new LinkedHashMap<String, String>();
        try {
            new QueryStringDecoder(context.request().uri())
                    .parameters()
                    .forEach((name, given) -> values.put(name, given.get(0)));
        } catch (IllegalArgumentException malformed) {
            throw new HttpError(400, "the query is malformed", "write %25 for a percent sign");
        }
        var body = context.body();
        if (body != null && body.length() > 0 && isJson(context)) {
            addJson(body.buffer(), values);
        }
        return new Params(values);
    }

    /** The parameters of a command that came over the bus. */
    public static Params of(Map<String, String> values) {
        return new Params(values);
    }

    private static void addJson(Buffer body, Map<String, String> values) {
        try {
            flatten("", new JsonObject(body), values);
        } catch (DecodeException e) {
            throw new HttpError(400, "the body is not a JSON object", "send {\"parameter\": \"value\", ...}");
        }
    }

    private static boolean isJson(RoutingContext context) {
        var type = context.request().getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    /** A nested object's fields are named with a dot, as in {@code label.KEY}. */
    private static void flatten(String prefix, JsonObject object, Map<String, String> into) {
        for (var field : object) {
            var name = prefix + field.getKey();
            if (field.getValue() instanceof JsonObject nested && prefix.isEmpty()) {
                flatten(name + ".", nested, into);
            } else if (field.getValue() instanceof JsonArray array) {
                var joined = new StringJoiner(",");
                array.forEach(item -> joined.add(text(item)));
                into.put(name, joined.toString());
            } else if (field.getValue() != null) {
                into.put(name, text(field.getValue()));
            }
        }
    }

    /** As the query would have it: a number without an exponent. */
    private static String text(Object value) {
        return value instanceof Double ? new BigDecimal(value.toString()).toPlainString() : String.valueOf(value);
    }

    /** Notes a problem that the caller found, for {@link #check} to tell. */
    public void problem(String problem) {
        problems.add(problem);
    }

    /** Refuses the request with 400 and every problem so far, if there is any. */
    public void check() {
        if (!problems.isEmpty()) {
            throw new HttpError(400, String.join("; ", problems), "");
        }
    }

    /** A text of at most so many characters; null when it is not given or empty. */
    public @Nullable String text(String name, int most) {
        var value = values.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > most) {
            problems.add(name + " has " + value.length() + " characters: at most " + most + " are taken");
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                problems.add(name + " has a control character");
                return null;
            }
        }
        return value;
    }

    /** A whole number in a range; null when it is not given. */
    public @Nullable Long number(String name, long least, long most) {
        var value = values.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        problems.add(name + " must be a whole number from " + least + " to " + most + ", not '" + shown(value) + "'");
        return null;
    }

    /** A decimal number in a range; null when it is not given. */
    public @Nullable Double decimal(String name, double least, double most) {
        var value = values.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        problems.add(name + " must be a number from " + plain(least) + " to " + plain(most) + ", not '" + shown(value)
                + "'");
        return null;
    }

    /** The value as it came, unchecked; null when it is not given. */
    public @Nullable String raw(String name) {
        return values.get(name);
    }

    /** All parameters whose names begin so, by the rest of the name. */
    public Map<String, String> startingWith(String prefix) {
        var found = new TreeMap<String, String>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** A value as an error may quote it: short, and without control characters. */
    public static String shown(String value) {
        var head = value.length() > 40 ? value.substring(0, 40) + "..." : value;
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
