package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.ClusterUnderTest.PATIENCE;
import static dev.muster.launcher.kubernetes.Kubectl.muster;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pods of an app: of the Deployment of that name, as a user changes it and looks at them. */
final class Pods {
    static final Pods MINION = new Pods("minion");
    static final Pods ENGINE = new Pods("engine");
    static final Pods DRIVER = new Pods("driver");

    private static final String NAME = "{.metadata.name}";
    private static final String UID = "{.metadata.uid}";

    private static final Duration READABLE = Duration.ofMinutes(1);

    private final String app;

    private Pods(String app) {
        this.app = app;
    }

    static Pods of(String app) {
        return new Pods(app);
    }

    void scale(int replicas) {
        muster("scale", "--replicas=" + replicas, "deployment/" + app);
    }

    /** Waits until there are as many as there should be, and no others. */
    void awaitReady() {
        muster("rollout", "status", "--timeout=240s", "deployment/" + app);
    }

    /** Has them started again with other arguments. */
    void arguments(String... arguments) {
        patch("replace", "/spec/template/spec/containers/0/args", new JsonArray(List.of(arguments)));
    }

    /** Has them started again, so that they stay on a node that nobody hears of for an hour. */
    void stayOnLostNodes() {
        var unreachable = new JsonObject()
                .put("key", "node.kubernetes.io/unreachable")
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", 3600);
        patch("add", "/spec/template/spec/tolerations", JsonArray.of(unreachable));
    }

    private void patch(String how, String path, JsonArray value) {
        var patch =
                JsonArray.of(new JsonObject().put("op", how).put("path", path).put("value", value));
        muster("patch", "deployment/" + app, "--type=json", "-p", patch.encode());
    }

    Set<String> names() {
        return column(NAME);
    }

    Set<String> uids() {
        return column(UID);
    }

    /** What there is of their logs: a node may not have one yet. */
    String log() {
        return Kubectl.run("-n", "muster", "logs", "--selector=app=" + app, "--tail=-1")
                .output();
    }

    /**
     * What they log from their start on until this is in it. They are started again until that was seen: nodes that share a
     * machine share its folder of logs, and clear it of pods that they don't know.
     */
    String logOfStart(String text) {
        var seen = new StringBuilder();
        await().atMost(PATIENCE).until(() -> {
            muster("rollout", "restart", "deployment/" + app);
            var patience = Instant.now().plus(READABLE);
            var log = "";
            while (!log.contains(text) && Instant.now().isBefore(patience)) {
                log = log();
            }
            seen.append(log);
            return log.contains(text);
        });
        return seen.toString();
    }

    /** How often their containers were started again. */
    long restarts() {
        return statuses().mapToLong(status -> status.getInteger("restartCount")).sum();
    }

    /** Why, for who has to look. */
    String ends() {
        return statuses()
                .map(status -> status.getJsonObject("lastState").encode())
                .collect(Collectors.joining("\n"));
    }

    private Stream<JsonObject> statuses() {
        return objects(new JsonObject(muster("get", "pods", "-l", "app=" + app, "-o", "json")).getJsonArray("items"))
                .flatMap(
                        pod -> objects(pod.getJsonObject("status").getJsonArray("containerStatuses", new JsonArray())));
    }

    private Set<String> column(String path) {
        var all =
                muster("get", "pods", "-l", "app=" + app, "-o", "jsonpath={range .items[*]}" + path + "{\"\\n\"}{end}");
        return Arrays.stream(all.split("\n", -1))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
