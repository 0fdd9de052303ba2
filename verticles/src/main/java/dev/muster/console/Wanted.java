package dev.muster.console;

import dev.muster.bus.Credential;
import dev.muster.bus.RunAnswer.Problem;
import dev.muster.bus.StartRun;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The run that a request's body asks for: {@code {"experiment": "boot", "parameters": {"minions": 500}, "thresholds":
 * ["boot.lost == 0"]}}. What its values mean is for whoever carries out runs to check.
 *
 * @param problems what is wrong with the form of the body, by field
 */
record Wanted(String experiment, Map<String, String> parameters, List<String> thresholds, List<Problem> problems) {
    private static final List<String> FIELDS = List.of("experiment", "parameters", "thresholds");
    private static final int MOST = 100;
    private static final int LONGEST = 500;

    /**
     * Reads the body.
     *
     * @throws HttpError when it is no JSON object
     */
    static Wanted read(RoutingContext context) {
        var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            throw new HttpError(415, "the body must be JSON", "send 'Content-Type: application/json'");
        }
        try {
            var body = context.body().asJsonObject();
            if (body != null) {
                return of(body);
            }
        } catch (DecodeException | ClassCastException notAnObject) {
            // told below, as an empty body is
        }
        throw new HttpError(
                400, "the body is no JSON object", "send one such as {\"experiment\": \"boot\", \"parameters\": {}}");
    }

    private static Wanted of(JsonObject body) {
        var problems = new ArrayList<Problem>();
        body.fieldNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> problems.add(
                        new Problem(Params.shown(name), "no such field: there are " + String.join(", ", FIELDS))));
        var experiment = body.getValue("experiment") instanceof String name ? name : "";
        if (experiment.isEmpty()) {
            problems.add(new Problem("experiment", "must be the name of an experiment"));
        }
        return new Wanted(experiment, parameters(body, problems), thresholds(body, problems), problems);
    }

    private static Map<String, String> parameters(JsonObject body, List<Problem> problems) {
        var parameters = new LinkedHashMap<String, String>();
        var given = body.getValue("parameters", new JsonObject());
        if (!(given instanceof JsonObject object) || object.size() > MOST) {
            problems.add(new Problem("parameters", "must be an object of at most " + MOST + " parameters"));
            return parameters;
        }
        object.forEach(each -> {
            if (isScalar(each.getValue())) {
                parameters.put(each.getKey(), String.valueOf(each.getValue()));
            } else {
                problems.add(new Problem(
                        Params.shown(each.getKey()),
                        "must be a text, a number or true or false, of at most " + LONGEST
                                + " characters and one line"));
            }
        });
        return parameters;
    }

    private static List<String> thresholds(JsonObject body, List<Problem> problems) {
        var thresholds = new ArrayList<String>();
        var given = body.getValue("thresholds", new JsonArray());
        if (!(given instanceof JsonArray array)
                || array.size() > MOST
                || !array.stream().allMatch(each -> each instanceof String && isScalar(each))) {
            problems.add(new Problem("thresholds", "must be a list of texts such as 'boot.lost == 0'"));
            return thresholds;
        }
        array.forEach(each -> thresholds.add((String) each));
        return thresholds;
    }

    private static boolean isScalar(Object value) {
        return value instanceof Boolean
                || value instanceof Number
                || (value instanceof String text
                        && text.length() <= LONGEST
                        && text.chars().noneMatch(Character::isISOControl));
    }

    StartRun start(Credential credential, String by, boolean checkOnly) {
        return new StartRun(credential, experiment, parameters, thresholds, by, checkOnly);
    }
}
