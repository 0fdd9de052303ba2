package dev.muster.driver;

import dev.muster.kube.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What a driver's objects look like before they have names. */
final class Templates {
    private static final JsonObject CONFIG_MAP =
            new JsonObject().put("data", new JsonObject().put("payload", Template.PAYLOAD));

    /** Of sample-apiserver, wardle.example.com. */
    private static final JsonObject FLUNDER =
            new JsonObject().put("spec", new JsonObject().put("reference", Template.PAYLOAD));

    private Templates() {}

    /** The user's, else the one that is known for the resource. Fails with the option when there is none. */
    static Future<JsonObject> find(Vertx vertx, DriverOptions options, Resource resource) {
        var file = options.template();
        if (file != null) {
            return vertx.fileSystem()
                    .readFile(file.toString())
                    .map(text -> read(text.toString()))
                    .recover(cause -> Future.failedFuture(
                            "--driver-template: " + file + " can't be read: " + cause.getMessage()));
        } else if (resource.equals(Resource.CONFIG_MAPS)) {
            return Future.succeededFuture(CONFIG_MAP);
        } else if (resource.plural().equals("flunders")) {
            return Future.succeededFuture(FLUNDER);
        }
        return Future.failedFuture("--driver-template is needed for " + resource.text()
                + ": name a file with such an object, in which ${payload} stands where the payload goes");
    }

    private static JsonObject read(String text) {
        Object read = Serialization.unmarshal(text, Map.class);
        if (read instanceof Map<?, ?> map) {
            var object = new JsonObject();
            map.forEach((key, value) -> object.put(String.valueOf(key), value));
            return new JsonObject(object.toBuffer());
        }
        throw new DecodeException("it is no object");
    }
}
