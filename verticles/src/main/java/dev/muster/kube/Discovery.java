package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What an API server serves, by the aggregated discovery that every one since 1.27 answers with one document. */
public final class Discovery {
    private static final String ACCEPT =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private final ApiClient client;

    public Discovery(ApiClient client) {
        this.client = client;
    }

    /**
     * The resource that a user means: its plural, singular or short name alone ({@code configmaps}, {@code cm}), or with
     * version and group ({@code flunders.v1alpha1.wardle.example.com}).
     *
     * @return fails with a message for the user when there is none, with the nearest name that there is
     */
    public Future<Resource> find(String name) {
        return all().compose(all -> all.stream()
                .filter(each -> each.isMeantBy(name))
                .findFirst()
                .map(each -> Future.succeededFuture(each.resource()))
                .orElseGet(() -> Future.failedFuture(unknown(name, all))));
    }

    /** One resource with all its names. */
    private record Known(Resource resource, List<String> names) {
        boolean isMeantBy(String name) {
            return name.equals(resource.text())
                    || names.contains(name)
                    || (!resource.group().isEmpty() && name.equals(resource.plural() + "." + resource.group()));
        }
    }

    private Future<List<Known>> all() {
        return Future.all(read("/api"), read("/apis")).map(both -> Stream.concat(
                        both.<List<Known>>resultAt(0).stream(), both.<List<Known>>resultAt(1).stream())
                .toList());
    }

    private Future<List<Known>> read(String path) {
        return client.ask(ApiRequest.get(path, ACCEPT)).compose(answer -> {
            if (answer.status() == 404) { // an aggregated server, asked straight, has no core group
                return Future.succeededFuture(List.of());
            }
            if (answer.status() != 200) {
                return Future.failedFuture("discovery at " + path + " was answered with " + answer.status() + " "
                        + Status.read(answer.status(), null, answer.body()).message());
            }
            return Future.succeededFuture(groups(answer.body().toJsonObject()));
        });
    }

    private static List<Known> groups(JsonObject list) {
        var all = new ArrayList<Known>();
        for (var group : objects(list, "items")) {
            var name = group.getJsonObject("metadata", new JsonObject()).getString("name", "");
            for (var version : objects(group, "versions")) {
                for (var resource : objects(version, "resources")) {
                    all.add(known(name, version.getString("version"), resource));
                }
            }
        }
        return all;
    }

    private static Known known(String group, String version, JsonObject resource) {
        var names = new ArrayList<String>();
        names.add(resource.getString("resource"));
        names.add(resource.getString("singularResource", ""));
        resource.getJsonArray("shortNames", new JsonArray()).forEach(name -> names.add(name.toString()));
        return new Known(
                new Resource(
                        group,
                        version,
                        resource.getString("resource"),
                        resource.getJsonObject("responseKind", new JsonObject()).getString("kind", ""),
                        "Namespaced".equals(resource.getString("scope"))),
                names);
    }

    private static List<JsonObject> objects(JsonObject parent, String key) {
        return parent.getJsonArray(key, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String unknown(String name, List<Known> all) {
        var nearest = all.stream()
                .flatMap(each ->
                        Stream.of(each.resource().text(), each.resource().plural()))
                .distinct()
                .min(Comparator.comparingInt(each -> distance(name, each)));
        return "the API server knows no resource '" + name + "'"
                + nearest.filter(each -> distance(name, each) <= 2 + name.length() / 4)
                        .map(each -> "; did you mean " + each + "?")
                        .orElse("; kubectl api-resources lists all");
    }

    /** How many letters to insert, delete or change (Levenshtein 1965). */
    private static int distance(String a, String b) {
        var above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = above[0];
            above[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = above[j];
                above[j] = Math.min(change, 1 + Math.min(above[j], above[j - 1]));
            }
        }
        return above[b.length()];
    }
}
