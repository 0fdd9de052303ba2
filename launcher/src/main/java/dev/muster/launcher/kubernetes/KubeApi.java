package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Reads objects of a Kubernetes API. Blocks. */
public interface KubeApi extends AutoCloseable {
    /**
     * The object at a path.
     *
     * @throws IOException when it can't be had; the message says why
     */
    JsonNode get(String path) throws IOException;

    @Override
    void close();
}
