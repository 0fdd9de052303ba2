package dev.muster.launcher.monitoring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the dashboards and the alert rules ask Prometheus. */
public final class Queries {
    /** The folder of the checkout. */
    static final Path FOLDER = Path.of("..", "dashboards");

    static final List<String> DASHBOARDS =
            List.of("overview", "boot", "connections", "api", "blocks", "stress", "streams");

    private static final Pattern BOUND = Pattern.compile("(.*) [<>] [0-9.]+", Pattern.DOTALL);
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), \\w+\\)");

    private Queries() {}

    /**
     * One query.
     *
     * @param place where it stands
     * @param text as Prometheus takes it
     */
    public record Query(String place, String text) {}

    /**
     * Those of all dashboards and alerts.
     *
     * @param interval the span of time of each rate, such as {@code 30s}: some scrapes
     */
    public static List<Query> all(String interval) throws IOException {
        var all = new ArrayList<>(ofAlerts());
        for (var dashboard : DASHBOARDS) {
            all.addAll(ofDashboard(dashboard, interval));
        }
        return all;
    }

    /** Those of every panel and variable of a dashboard, with everything selected. */
    private static List<Query> ofDashboard(String name, String interval) throws IOException {
        var board = new JsonObject(Files.readString(FOLDER.resolve(name + ".json")));
        var queries = new ArrayList<Query>();
        for (var panel : objects(board.getJsonArray("panels"))) {
            var place = name + ": " + panel.getString("title");
            for (var target : objects(panel.getJsonArray("targets", new JsonArray()))) {
                queries.add(new Query(place, filled(target.getString("expr"), interval)));
            }
        }
        for (var variable : objects(board.getJsonObject("templating").getJsonArray("list"))) {
            if (variable.getValue("query") instanceof JsonObject query) {
                var values = LABEL_VALUES.matcher(query.getString("query"));
                if (!values.matches()) {
                    throw new IOException(name + ": what is " + query.getString("query") + "?");
                }
                queries.add(new Query(name + ": $" + variable.getString("name"), values.group(1)));
            }
        }
        return queries;
    }

    /** Those of the alerts, each without the bound that a healthy process keeps. */
    static List<Query> ofAlerts() throws IOException {
        var rules = (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FOLDER.resolve("rules.yaml")));
        var queries = new ArrayList<Query>();
        for (var group : list(rules, "groups")) {
            for (var rule : list((Map<?, ?>) group, "rules")) {
                var name = String.valueOf(((Map<?, ?>) rule).get("alert"));
                var bounded = BOUND.matcher(String.valueOf(((Map<?, ?>) rule).get("expr")));
                if (!bounded.matches()) {
                    throw new IOException(name + " is not of the form QUERY > NUMBER");
                }
                queries.add(new Query(name, bounded.group(1)));
            }
        }
        return queries;
    }

    private static List<?> list(Map<?, ?> of, String key) {
        return (List<?>) Objects.requireNonNull(of.get(key), key);
    }

    private static String filled(String expression, String interval) {
        return expression.replace("$pod", ".*").replace("$__rate_interval", interval);
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
