package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API server.
 *
 * @param path with its query, escaped
 * @param contentType of the body; empty without one
 * @param body may be empty
 * @param accept what the answer may be
 */
public record ApiRequest(HttpMethod method, String path, String contentType, Optional<Buffer> body, String accept) {
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    public static ApiRequest get(String path) {
        return new ApiRequest(HttpMethod.GET, path, "", Optional.empty(), JSON);
    }

    /** A read whose answer is to be in this form. */
    public static ApiRequest get(String path, String accept) {
        return new ApiRequest(HttpMethod.GET, path, "", Optional.empty(), accept);
    }

    public static ApiRequest create(String path, Buffer json) {
        return new ApiRequest(HttpMethod.POST, path, JSON, Optional.of(json), JSON);
    }

    /** A JSON merge patch (RFC 7386), which custom resources take as well. */
    public static ApiRequest patch(String path, Buffer json) {
        return new ApiRequest(HttpMethod.PATCH, path, MERGE_PATCH, Optional.of(json), JSON);
    }

    public static ApiRequest delete(String path) {
        return new ApiRequest(HttpMethod.DELETE, path, "", Optional.empty(), JSON);
    }

    /** @param idle how long nothing may come; zero for as long as it takes */
    RequestOptions options(String userAgent, @Nullable String authorization, Duration idle) {
        var options = new RequestOptions()
                .setMethod(method)
                .setURI(path)
                .setIdleTimeout(idle.toMillis())
                .putHeader(HttpHeaders.USER_AGENT, userAgent)
                .putHeader(HttpHeaders.ACCEPT, accept);
        if (authorization != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        if (body.isPresent()) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        }
        return options;
    }
}
