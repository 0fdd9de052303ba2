package dev.muster.launcher.run.stress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.launcher.kubernetes.KubeApi;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;

/** Objects by their paths; any other is not there. */
record KubeObjects(Map<String, String> byPath) implements KubeApi {
    static final String SCALER = "/apis/autoscaling/v2/namespaces/muster/horizontalpodautoscalers/stress";
    static final String SCALED = "/apis/apps/v1/namespaces/muster/deployments/web";
    static final String TARGET =
            "\"spec\":{\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"web\"}}";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public JsonNode get(String path) throws IOException {
        var json = byPath.get(path);
        if (json == null) {
            throw new FileNotFoundException(path);
        }
        return MAPPER.readTree(json);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
